// Sends a chosen file to the kernel in parts: one large message would break the connection.
const PART = 1 << 20;

function render({ model, el }) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  const state = document.createElement("span");
  label.textContent = model.get("label");
  input.type = "file";
  state.setAttribute("role", "status");
  el.classList.add("wb-receiver");
  label.appendChild(input);
  el.append(label, state);

  let file = null;
  let turn = 0;

  async function send(at) {
    const part = await file.slice(at, at + PART).arrayBuffer();
    model.send({ name: file.name, size: file.size, at, turn }, undefined, [part]);
  }

  function choose() {
    file = input.files[0] ?? null;
    if (!file) return;
    if (file.size > model.get("limit")) {
      state.textContent = model.get("too_large");
      file = null;
      input.value = "";
      return;
    }
    state.textContent = "…";
    turn += 1;
    send(0);
  }

  // The kernel says how far it has come; only then the next part follows.
  function answered(message) {
    // What the kernel said before it heard of this file does not concern it.
    if (message.turn < turn) return;
    if (message.again) {
      input.value = "";
      file = null;
    }
    state.textContent = message.text;
    if (file && message.received < file.size) send(message.received);
  }

  input.addEventListener("change", choose);
  model.on("msg:custom", answered);
  return () => model.off("msg:custom", answered);
}

export default { render };
