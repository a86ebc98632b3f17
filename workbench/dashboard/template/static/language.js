/* The language of the page: ?lang=… or the switch, else what the page came with. Texts in both
   languages are in the page; switching hides one and shows the other. */
"use strict";

window.dashboard = (() => {
  const LANGUAGES = ["zh", "en"];
  const listeners = [];
  let current = "zh";

  function choose(language) {
    current = language;
    document.documentElement.lang = language;
    for (const text of document.querySelectorAll("main [lang]")) {
      if (text.tagName !== "BUTTON") text.hidden = text.lang !== language;
    }
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    }
    listeners.forEach((listener) => listener(language));
  }

  function remember(language) {
    const address = new URL(location.href);
    address.searchParams.set("lang", language);
    history.replaceState(null, "", address);
  }

  function start() {
    const top = document.getElementById("top");
    const asked = new URLSearchParams(location.search).get("lang");
    const first = top ? top.dataset.first : "zh";
    for (const button of document.querySelectorAll("[data-language]")) {
      button.addEventListener("click", () => {
        choose(button.dataset.language);
        remember(button.dataset.language);
      });
    }
    // A page that could not be made says so in both languages.
    if (top) choose(LANGUAGES.includes(asked) ? asked : first);
  }

  return {
    start,
    language: () => current,
    onLanguage: (listener) => listeners.push(listener),
  };
})();
