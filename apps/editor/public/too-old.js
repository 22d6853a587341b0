/* Runs only where modules do not, so it is written for browsers of long ago. */
document.getElementById("patchbay").innerHTML = '<div class="failure"><h1>This browser is too old</h1><p>Patchbay needs a browser of 2023 or later: Chrome or Edge 111, Firefox 121, Safari 17.4.</p></div>';
