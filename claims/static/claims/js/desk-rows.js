// Keeps the choices of "via" in step with the citations on the form, rows just added among them.
(() => {
  const group = document.getElementById("citations-group");
  if (!group) return;

  const rows = () =>
    [...group.querySelectorAll(".inline-related:not(.empty-form)")].map((row, index) => ({
      select: row.querySelector("select[name$='-via_row']"),
      article: row.querySelector("select[name$='-article']")?.selectedOptions[0]?.textContent.trim() ?? "",
      number: index + 1,
    }));

  const refresh = () => {
    const all = rows();
    for (const { select, number: own } of all) {
      if (!select) continue;
      const chosen = select.value;
      const choices = all
        .filter(({ number }) => number !== own)
        .map(({ number, article }) => new Option(`#${number} ${article}`.trim(), number));
      select.replaceChildren(select.options[0], ...choices);
      select.value = chosen;
      if (select.value !== chosen) select.value = "";
    }
  };

  document.addEventListener("formset:added", refresh);
  document.addEventListener("formset:removed", refresh);
  // The suggestions announce a choice through jQuery only.
  window.django?.jQuery(group).on("change", "select[name$='-article']", refresh);
  refresh();
})();
