/* The chart: drawn once, worded anew when the language changes; a mark opens its group. */
"use strict";

(() => {
  const place = document.querySelector(".chart");
  const data = document.querySelector("script.figure");
  if (!place || !data || !window.Plotly) return;
  const figure = JSON.parse(data.textContent);
  const wording = figure.layout.meta;

  function word(language) {
    const { y, traces } = wording[language];
    return Plotly.update(place, traces, { "yaxis.title.text": y });
  }

  function open(event) {
    const group = event.points.map((point) => point.customdata && point.customdata[0]).find(Boolean);
    if (group) window.dashboard.openGroup(group);
  }

  Plotly.newPlot(place, figure.data, figure.layout, figure.config)
    .then(() => word(window.dashboard.language()))
    .then(() => {
      place.on("plotly_click", open);
      window.dashboard.onLanguage(word);
      place.classList.add("drawn");
    });
})();
