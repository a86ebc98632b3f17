/* Puts the page together once all of it has come. Nothing here asks the server for more. */
"use strict";

(() => {
  function openGroup(id) {
    const group = document.getElementById(id);
    if (!group || !group.matches("details.group")) return;
    group.open = true;
    group.scrollIntoView({ block: "start" });
    group.querySelector("summary").focus({ preventScroll: true });
  }

  function openNamed() {
    if (location.hash.length > 1) openGroup(decodeURIComponent(location.hash.slice(1)));
  }

  window.dashboard.openGroup = openGroup;
  window.dashboard.orders.start();
  window.dashboard.start();
  document.documentElement.classList.remove("opening");
  document.getElementById("opening").remove();

  const title = document.querySelector("h1");
  const name = document.title;
  if (title && document.getElementById("top")) document.title = `${title.innerText} · ${name}`;

  // The secret of the address has done its work; a copied address should not hold it.
  const address = new URL(location.href);
  if (address.searchParams.has("token")) {
    address.searchParams.delete("token");
    history.replaceState(null, "", address);
  }

  window.addEventListener("hashchange", openNamed);
  for (const link of document.querySelectorAll('a[href^="#G-"]')) {
    link.addEventListener("click", () => openGroup(link.hash.slice(1)));
  }
  openNamed();
})();
