// A text that can be completed here and copied; what is typed stays in the page.
function render({ model, el }) {
  const heading = document.createElement("div");
  const area = document.createElement("textarea");
  const button = document.createElement("button");
  const state = document.createElement("span");
  el.classList.add("wb-copy");
  heading.className = "wb-copy-heading";
  area.spellcheck = false;
  button.type = "button";
  state.setAttribute("role", "status");
  const row = document.createElement("div");
  row.append(button, state);
  el.append(heading, area, row);

  function show() {
    heading.textContent = model.get("heading");
    area.value = model.get("text");
    area.setAttribute("aria-label", model.get("heading"));
    area.rows = Math.min(24, area.value.split("\n").length + 2);
    button.textContent = model.get("label");
    state.textContent = model.get("hint");
    el.hidden = !model.get("text");
  }

  async function copy() {
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
    } catch {
      // A page that is not served safely may not reach the clipboard in the new way.
      if (!document.execCommand("copy")) return;
    }
    state.textContent = model.get("copied");
  }

  button.addEventListener("click", copy);
  for (const name of ["heading", "text", "label", "hint"]) model.on(`change:${name}`, show);
  show();
  return () => {
    for (const name of ["heading", "text", "label", "hint"]) model.off(`change:${name}`, show);
  };
}

export default { render };
