/** What stands in the page when the editor cannot start: why, and what can be done. Made without anything that may itself be what failed. */

export function showFailure(error: unknown): void {
  console.error(error);
  const place = document.getElementById("patchbay")!;
  const told = error instanceof Error ? error.message : String(error);
  const heading = Object.assign(document.createElement("h1"), { textContent: "The editor could not start" });
  const reason = Object.assign(document.createElement("p"), { textContent: told });
  const safe = Object.assign(document.createElement("p"), { textContent: "Graphs that were saved in this browser are still there." });
  const again = Object.assign(document.createElement("button"), { type: "button", textContent: "Try again" });
  again.addEventListener("click", () => location.reload());
  const box = Object.assign(document.createElement("main"), { className: "failure", role: "alert" });
  box.append(heading, reason, ...(location.hash.startsWith("#edit=") ? [] : [safe]), again);
  place.replaceChildren(box);
}
