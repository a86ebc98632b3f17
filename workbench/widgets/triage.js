// Triage by keyboard: one order at a time. What is pressed goes to the kernel, which writes it to
// the case and answers; only then does the next order show, and only then is a key heard again.
const DECIDE = { d: "defend", c: "concede", h: "hold" };
const SLOW = 5000;

function add(parent, name, attributes = {}, text) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  parent.appendChild(element);
  return element;
}

function skeleton(el, texts) {
  const part = {};
  // Jupyter's own keys (two d delete a cell) must not hear what is pressed in here.
  part.root = add(el, "div", { class: "wb-triage", "data-lm-suppress-shortcuts": "true" });
  part.root.setAttribute("role", "group");
  part.root.setAttribute("aria-label", texts.title);
  part.head = add(part.root, "div", { class: "wb-triage-head" });
  const label = add(part.head, "label", {}, texts.who);
  part.who = add(label, "input", { type: "text", class: "wb-triage-who", autocomplete: "name" });
  part.progress = add(part.head, "span", { class: "wb-triage-progress" });
  part.stage = add(part.root, "div", {
    class: "wb-triage-stage", tabindex: 0, role: "application", "aria-label": texts.stage,
  });
  part.keys = add(part.root, "div", { class: "wb-triage-keys", role: "toolbar", "aria-label": texts.keys_label });
  part.panel = add(part.root, "div", { class: "wb-triage-panel", role: "group", hidden: "" });
  part.said = add(part.root, "p", { class: "wb-triage-said", "aria-hidden": "true" }); // spoken below
  part.spoken = add(part.root, "p", { class: "wb-triage-spoken", role: "status", "aria-live": "polite" });
  part.trouble = add(part.root, "div", { class: "wb-triage-trouble", role: "alert" });
  part.help = add(part.root, "div", { class: "wb-triage-help", hidden: "" });
  for (const line of texts.help) add(part.help, "p", {}, line);
  part.card = add(part.root, "div", { class: "wb-triage-card" });
  return part;
}

function render({ model, el }) {
  const texts = model.get("texts");
  const part = skeleton(el, texts);
  const view = `${Date.now()}-${Math.random()}`;
  let turn = 0;
  let panel = null; // what is being asked: {act, decision, order, picked}, or null
  let slow = 0;

  const busy = () => part.root.getAttribute("aria-busy") === "true";

  function send(act, more = {}) {
    if (busy()) return;
    turn += 1;
    part.root.setAttribute("aria-busy", "true");
    part.said.textContent = "…";
    slow = setTimeout(() => { part.said.textContent = texts.slow; }, SLOW);
    model.send({ act, view, turn, who: part.who.value, order: model.get("card").order, ...more });
  }

  // The kernel has done it, or said why not. What the page shows was sent before this.
  function answered(message) {
    if (message.view !== view || message.turn !== turn) return;
    clearTimeout(slow);
    part.root.setAttribute("aria-busy", "false");
    part.said.textContent = message.said;
    const mood = message.wrote ? " wb-yes" : message.close ? "" : " wb-no";
    part.said.className = `wb-triage-said${mood}`;
    part.trouble.innerHTML = message.trouble;
    part.spoken.textContent = `${message.said} ${message.close ? model.get("card").spoken : ""}`;
    if (message.close) close();
    else if (message.ask === "who") part.who.focus();
    else part.text?.focus();
  }

  function close() {
    panel = null;
    part.text = null;
    part.panel.hidden = true;
    const here = part.root.contains(document.activeElement);
    part.panel.replaceChildren();
    // Nobody who went on to another field of the page is called back.
    if (here || document.activeElement === document.body) part.stage.focus({ preventScroll: true });
  }

  function open(act, decision) {
    if (busy()) return;
    const last = model.get("last");
    panel = { act, decision, order: model.get("card").order, picked: "", last };
    part.trouble.replaceChildren();
    part.said.textContent = "";
    drawPanel();
  }

  function drawPanel() {
    const { act, decision } = panel;
    const bulk = model.get("bulk");
    part.panel.replaceChildren();
    part.panel.hidden = false;
    const name = act === "undo" || act === "note" ? act : decision ?? "choose";
    const heading = act === "bulk" ? `${bulk.title} ${texts.ask[name]}` : texts.ask[name];
    add(part.panel, "h4", {}, heading);
    part.panel.setAttribute("aria-label", heading);
    if (act === "undo") add(part.panel, "p", {}, panel.last.text);
    if (act === "bulk") {
      add(part.panel, "ul", { class: "wb-triage-bulk" });
      drawBulk();
    }
    if (act === "bulk" && !decision) {
      choices();
      return;
    }
    reasons(model.get("reasons")[act === "undo" ? "undo" : decision] ?? []);
    part.text = add(part.panel, "textarea", { rows: 2, "aria-label": heading, placeholder: texts.placeholder[act] ?? "" });
    add(part.panel, "p", { class: "wb-quiet" }, texts.confirm);
    part.text.focus();
  }

  // What stands for the selected orders, also when it changes while the question is open.
  function drawBulk() {
    const list = part.panel.querySelector(".wb-triage-bulk");
    list?.replaceChildren();
    for (const line of list ? model.get("bulk").lines : []) add(list, "li", {}, line);
  }

  function choices() {
    const row = add(part.panel, "div", { class: "wb-triage-keys" });
    for (const [key, decision] of Object.entries(DECIDE)) {
      const button = add(row, "button", { type: "button" });
      add(button, "kbd", {}, key);
      add(button, "span", {}, texts.decisions[decision]);
      button.addEventListener("click", () => { panel.decision = decision; drawPanel(); });
    }
    row.firstChild.focus();
  }

  function reasons(recent) {
    panel.recent = recent;
    if (!recent.length) return;
    const list = add(part.panel, "ol", { class: "wb-triage-reasons" });
    recent.forEach((reason, at) => {
      const item = add(list, "li");
      const button = add(item, "button", { type: "button" });
      add(button, "kbd", {}, String(at + 1));
      add(button, "span", {}, reason);
      button.addEventListener("click", () => { choose(at); part.text.focus(); });
    });
  }

  function choose(at) {
    panel.picked = panel.recent[at];
    part.text.value = panel.picked;
  }

  function confirm() {
    const { act, decision, order } = panel;
    send(act, { order, decision, text: part.text.value, last: panel.last.seq });
  }

  function panelKey(event) {
    if (event.key === "Escape") {
      if (!busy()) close();
    } else if (panel.act === "bulk" && !panel.decision && DECIDE[event.key]) {
      panel.decision = DECIDE[event.key];
      drawPanel();
    } else if (event.target !== part.text) {
      return false;
    } else if (event.key === "Enter" && !event.shiftKey) {
      confirm();
    } else if (/^[1-9]$/.test(event.key) && panel.recent?.[event.key - 1] !== undefined
      && part.text.value === panel.picked) {
      choose(event.key - 1);
    } else {
      return false;
    }
    return true;
  }

  function stageKey(event) {
    if (event.key.startsWith("Arrow") && event.target.closest(".wb-scroll")) return false;
    const act = ACTS[event.key];
    if (!act) return false;
    act();
    return true;
  }

  const move = (by) => send("move", { by });
  const ACTS = {
    ArrowRight: () => move(1), j: () => move(1), ArrowLeft: () => move(-1), k: () => move(-1),
    d: () => open("decide", "defend"), c: () => open("decide", "concede"), h: () => open("decide", "hold"),
    n: () => open("note"), x: () => send("mark"),
    u: () => (model.get("last").seq ? open("undo") : send("undo", { last: 0, text: "" })),
    b: () => (model.get("bulk").lines.length ? open("bulk") : send("bulk", { text: "" })),
    "?": () => { part.help.hidden = !part.help.hidden; },
    Escape: () => { part.help.hidden = true; },
  };

  for (const [key, shown, text] of texts.keys) {
    const button = add(part.keys, "button", { type: "button", "data-key": key });
    add(button, "kbd", {}, shown);
    add(button, "span", {}, text);
    button.addEventListener("click", () => { if (model.get("card").order || key === "?") ACTS[key](); });
  }

  part.root.addEventListener("keydown", (event) => {
    // While characters are being composed, Enter picks one of them.
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    let heard = false;
    if (event.target === part.who) {
      heard = event.key === "Enter" || event.key === "Escape";
      if (heard) (part.text ?? part.stage).focus();
    } else if (panel) {
      heard = panelKey(event);
    } else if (event.key === "?" || model.get("card").order) {
      heard = stageKey(event);
    }
    if (heard) event.preventDefault();
    event.stopPropagation();
  });
  part.root.addEventListener("click", (event) => {
    const own = event.target.closest("button, input, textarea, label, [tabindex], a");
    if (!own) (part.text ?? part.stage).focus({ preventScroll: true });
  });
  part.who.addEventListener("change", () => {
    model.set("who", part.who.value);
    model.save_changes();
  });

  function draw() {
    const card = model.get("card");
    part.root.dataset.order = card.order;
    part.stage.textContent = card.title;
    part.progress.textContent = card.progress;
    part.card.innerHTML = card.html; // of elements whose text the kernel has escaped
    for (const button of part.keys.querySelectorAll("button")) {
      button.disabled = !card.order && button.dataset.key !== "?";
    }
  }
  function named() {
    if (part.who.value !== model.get("who")) part.who.value = model.get("who");
  }

  draw();
  named();
  model.on("change:card", draw);
  model.on("change:who", named);
  model.on("change:bulk", drawBulk);
  model.on("msg:custom", answered);
  return () => {
    clearTimeout(slow);
    model.off("change:card", draw);
    model.off("change:who", named);
    model.off("change:bulk", drawBulk);
    model.off("msg:custom", answered);
  };
}

export default { render };
