// The hand-out's print button.
document.documentElement.classList.add("scripted");
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
