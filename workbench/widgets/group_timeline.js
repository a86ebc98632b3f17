// The picture of groups over time: one focusable mark per group, known by its group_id.
const NS = "http://www.w3.org/2000/svg";
const WIDTH = 960, LEFT = 150, RIGHT = 20, TOP = 10, ROW = 34, AXIS = 30;
const SHAPES = {
  evidence: (r) => `M0,${-r} L${r},0 L0,${r} L${-r},0 Z`,
  needs_documents: (r) => `M0,${-r} L${r},${r * 0.8} L${-r},${r * 0.8} Z`,
  none: (r) => `M${-r * 0.8},0 a${r * 0.8},${r * 0.8} 0 1,0 ${r * 1.6},0 a${r * 0.8},${r * 0.8} 0 1,0 ${-r * 1.6},0`,
};

function add(parent, name, attributes, text) {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  parent.appendChild(element);
  return element;
}

function render({ model, el }) {
  const across = (at) => LEFT + at * (WIDTH - LEFT - RIGHT);

  function lanes(svg) {
    let y = TOP;
    const tops = {};
    for (const lane of model.get("lanes")) {
      tops[lane.key] = y;
      const height = lane.rows * ROW;
      add(svg, "rect", { x: LEFT, y, width: WIDTH - LEFT - RIGHT, height, class: "wb-lane" });
      const label = add(svg, "text", { x: 0, y: y + ROW / 2 + 4, class: "wb-lane-name" }, lane.text);
      add(label, "title", {}, lane.text);
      y += height + 6;
    }
    return [tops, y];
  }

  function axis(svg, bottom) {
    for (const tick of model.get("ticks")) {
      const x = across(tick.at);
      add(svg, "line", { x1: x, x2: x, y1: TOP, y2: bottom, class: "wb-tick" });
      add(svg, "text", { x, y: bottom + 16, class: "wb-tick-name" }, tick.text);
    }
  }

  function mark(svg, one, tops) {
    const y = tops[one.lane] + one.row * ROW + ROW / 2;
    const middle = across((one.start + one.end) / 2);
    const picked = model.get("value") === one.key;
    const group = add(svg, "g", {
      class: `wb-mark wb-${one.lane}${picked ? " wb-picked" : ""}`,
      role: "option", tabindex: -1, "aria-selected": picked, "aria-label": one.text,
      "data-key": one.key,
    });
    add(group, "title", {}, one.text);
    add(group, "line", { x1: across(one.start), x2: across(one.end), y1: y, y2: y });
    const at = add(group, "g", { transform: `translate(${middle},${y})` });
    add(at, "circle", { r: 15, class: "wb-room" });
    add(at, "path", { d: SHAPES[one.lane](one.radius) });
    if (one.decided) add(at, "text", { y: 4, class: "wb-decided" }, one.decided);
    group.addEventListener("click", () => pick(one.key));
    return group;
  }

  function pick(key) {
    model.set("value", key);
    model.save_changes();
  }

  function keys(event, marks) {
    const at = marks.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step && at >= 0) {
      marks[(at + step + marks.length) % marks.length].focus();
    } else if ((event.key === "Enter" || event.key === " ") && at >= 0) {
      pick(marks[at].dataset.key);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function draw() {
    const focused = el.contains(document.activeElement) && document.activeElement.dataset?.key;
    el.replaceChildren();
    const svg = add(el, "svg", { class: "wb-timeline", role: "listbox", "aria-label": model.get("label") });
    const [tops, bottom] = lanes(svg);
    svg.setAttribute("viewBox", `0 0 ${WIDTH} ${bottom + AXIS}`);
    axis(svg, bottom);
    const marks = model.get("marks").map((one) => mark(svg, one, tops));
    const entry = marks.find((one) => one.dataset.key === model.get("value")) ?? marks[0];
    entry?.setAttribute("tabindex", 0);
    svg.addEventListener("keydown", (event) => keys(event, marks));
    marks.find((one) => one.dataset.key === focused)?.focus();
  }

  draw();
  for (const name of ["marks", "lanes", "ticks", "value"]) model.on(`change:${name}`, draw);
  return () => {
    for (const name of ["marks", "lanes", "ticks", "value"]) model.off(`change:${name}`, draw);
  };
}

export default { render };
