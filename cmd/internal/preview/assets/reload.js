(function (own) {
  var key = "levelfield-preview " + location.pathname;
  var kept = sessionStorage.getItem(key);
  if (kept !== null) {
    sessionStorage.removeItem(key);
    window.scrollTo(0, Number(kept));
  }
  new EventSource("/.preview/events").onmessage = function (event) {
    if (event.data !== own) {
      sessionStorage.setItem(key, String(window.scrollY));
      location.reload();
    }
  };
})(document.currentScript.dataset.build);
