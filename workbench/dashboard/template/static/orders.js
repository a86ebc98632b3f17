/* Tables of orders: listed, narrowed and downloaded in the page. Text goes in as text, never as
   HTML, and into CSV so that no spreadsheet takes it for a formula. */
"use strict";

window.dashboard.orders = (() => {
  const PAGE = 50;
  const NUMBERS = ["quantity", "paid_amount", "refund_amount"];
  let columns = [];
  let rows = [];
  let words = {};

  const say = (key) => words[window.dashboard.language()][key];
  const at = (row, column) => row[columns.indexOf(column)];

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function worded(column, value) {
    if (column === "named") return say("named")[String(value)];
    if (column === "assessment" || column === "decision") return say(column)[value] ?? value;
    // An order of several lines may be in several states.
    if (column === "status") {
      return value.split(" / ").map((one) => say("status")[one] ?? one).join(" / ");
    }
    return value;
  }

  const texts = (row, kept) => kept.map((n) => worded(columns[n], row[n]));

  function cell(value) {
    let text = String(value);
    const number = /^-?\d+(\.\d+)?$/.test(text);
    if (!number && /^\s*[=+\-@\t\r]/.test(text)) text = "'" + text;
    // Spreadsheets cut numbers of more than 15 digits; a tab behind keeps an order id a text.
    if (number && text.length > 15) text += "\t";
    return /[",\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  const headings = (kept) => kept.map((n) => say("columns")[n]);

  function csv(shown, kept) {
    const lines = [headings(kept), ...shown.map((row) => texts(row, kept))].map((line) => line.map(cell).join(","));
    return "\ufeff" + lines.join("\r\n") + "\r\n";
  }

  function download(shown, kept, suffix) {
    const link = element("a", { download: `${say("file")}${suffix}.csv`.replace(/[\\/:*?"<>|]/g, "_") });
    link.href = URL.createObjectURL(new Blob([csv(shown, kept)], { type: "text/csv;charset=utf-8" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function matches(row, view, wanted, kept) {
    if (view === "named" && !at(row, "named")) return false;
    if (!["all", "named"].includes(view)) {
      if (at(row, "assessment") !== view || !at(row, "group_id")) return false;
    }
    return !wanted || texts(row, kept).some((text) => text.toLowerCase().includes(wanted));
  }

  /* One table of orders in `place`; `group` narrows it for good, and its columns to what differs. */
  function table(place, group) {
    const same = group ? ["group_id", "assessment"] : [];
    const kept = [...columns.keys()].filter((n) => !same.includes(columns[n]));
    const own = group ? rows.filter((row) => at(row, "group_id") === group) : rows;
    const state = { view: "all", wanted: "", length: PAGE };

    function body(shown) {
      const head = element("tr", {}, ...headings(kept).map((name) => element("th", { scope: "col" }, name)));
      const lines = shown.slice(0, state.length).map((row) => {
        const cells = texts(row, kept).map((text, n) => {
          const column = columns[kept[n]];
          if (column === "order_id") return element("th", { scope: "row" }, text);
          return element("td", { class: NUMBERS.includes(column) ? "n" : column }, text);
        });
        return element("tr", {}, ...cells);
      });
      const label = group ? say("orders_of_group") : say("orders");
      return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label },
        element("table", { class: "orders" }, element("thead", {}, head), element("tbody", {}, ...lines)));
    }

    function controls() {
      const choice = element("select", {});
      for (const [code, name] of say("views")) choice.append(element("option", { value: code }, name));
      choice.value = state.view;
      choice.addEventListener("change", () => { state.view = choice.value; state.length = PAGE; list(); });
      const search = element("input", { type: "search" });
      search.value = state.wanted;
      search.addEventListener("input", () => { state.wanted = search.value.trim().toLowerCase(); state.length = PAGE; list(); });
      return [element("label", {}, say("show"), " ", choice), element("label", {}, say("find"), " ", search)];
    }

    function list() {
      const shown = own.filter((row) => matches(row, state.view, state.wanted, kept));
      const told = say("shown").replace("{shown}", Math.min(state.length, shown.length)).replace("{all}", shown.length);
      const button = element("button", { type: "button", class: "download" }, say("download"));
      button.disabled = !shown.length;
      button.addEventListener("click", () => download(shown, kept, group ? ` ${group}` : ""));
      const foot = element("p", { class: "quiet", role: "status" }, shown.length ? told : say("nothing"));
      if (shown.length > state.length) {
        const more = element("button", { type: "button", class: "more" }, say("more"));
        more.addEventListener("click", () => { state.length += 4 * PAGE; list(); });
        foot.append(" ", more);
      }
      place.querySelector(".listed").replaceChildren(body(shown), foot);
      place.querySelector(".download").replaceWith(button);
    }

    function draw() {
      const bar = element("div", { class: "bar" });
      if (group) bar.append(element("h4", {}, say("orders_of_group")));
      else bar.append(...controls());
      bar.append(element("button", { class: "download" }));
      place.replaceChildren(bar, element("div", { class: "listed" }));
      list();
    }

    draw();
    window.dashboard.onLanguage(draw);
  }

  function start() {
    const data = document.getElementById("orders-data");
    if (!data) return;
    ({ columns, rows, words } = JSON.parse(data.textContent));
    for (const place of document.querySelectorAll(".all-orders")) table(place);
    // A group's table is made when it is opened first: most are never opened.
    for (const place of document.querySelectorAll(".orders-of-group")) {
      const group = place.closest("details");
      group.addEventListener("toggle", () => {
        if (group.open && !place.firstChild) table(place, place.dataset.group);
      });
    }
  }

  return { start };
})();
