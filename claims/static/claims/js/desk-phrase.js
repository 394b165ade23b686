// Says under the projected phrase, while it is typed, how it is read.
(() => {
  const phrase = document.querySelector("input[data-read]");
  if (!phrase) return;
  const heard = document.createElement("output");
  heard.className = "heard";
  heard.htmlFor = phrase.id;
  phrase.after(heard);
  const beside = (name) => document.getElementById(phrase.id.replace("projected_phrase", name));
  let waiting, last = 0;

  const show = (answer) => {
    heard.textContent = answer.words || answer.error || "";
    heard.classList.toggle("is-error", Boolean(answer.error));
  };

  const read = async () => {
    const turn = ++last;
    const asked = new URLSearchParams({ phrase: phrase.value });
    for (const name of ["made_on", "language"]) asked.set(name, beside(name)?.value ?? "");
    try {
      const response = await fetch(`${phrase.dataset.read}?${asked}`, { headers: { Accept: "application/json" } });
      if (response.ok && turn === last) show(await response.json());
    } catch {
      // Without the network the phrase is read on save.
    }
  };

  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(read, 200);
  };

  for (const field of [phrase, beside("made_on"), beside("language")]) {
    field?.addEventListener("input", soon);
    field?.addEventListener("change", soon);
    field?.addEventListener("blur", soon);
  }
  if (phrase.value) read();
})();
