// @ts-check
// A payment service leads the whole window back to RETURN_URL, which has a key to the order. In the
// studio's tab that is the studio, which shows the same payment.
if (parent === window && new URLSearchParams(location.search).has("access")) {
  const studio = sessionStorage.getItem("studio");
  if (studio) location.replace(studio);
}
