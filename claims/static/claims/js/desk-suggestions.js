// The fields in which one types for suggestions are made without a name: each gets the one of its own field.
addEventListener("load", () => {
  // After those of Django, which make them.
  window.django?.jQuery(() => {
    for (const field of document.querySelectorAll("select.admin-autocomplete[multiple]")) {
      const name = field.labels[0]?.textContent.replace(/:?\s*$/, "");
      const typed = field.nextElementSibling?.querySelector(".select2-search__field");
      if (name && typed) typed.setAttribute("aria-label", name);
    }
  });
});
