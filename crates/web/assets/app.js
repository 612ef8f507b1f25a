// Small improvements only: every page works without this file.
"use strict";

// "Seite schnell verlassen": leave no trace of this page in the back button.
for (const link of document.querySelectorAll("[data-quick-exit]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.documentElement.hidden = true;
    window.location.replace(link.href);
  });
}

// The summary of errors is what a screen reader should hear first.
document.querySelector("[data-focus]")?.focus();

// Buttons that only make sense with a script.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const button of document.querySelectorAll("[data-share]")) {
  const url = button.dataset.share;
  const status = document.getElementById(button.getAttribute("aria-describedby"));
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if (navigator.share) {
        await navigator.share({ title: document.title, url });
      } else {
        await navigator.clipboard.writeText(url);
        if (status) status.textContent = button.dataset.done;
      }
    } catch {
      // Cancelled, or not permitted: the address stands beside the button.
    }
  });
}
