// @ts-check
// A payment service leads the whole window back to RETURN_URL, which has a key to the order. In the
// studio's tab that is the studio, which shows the same payment.
{
  const studio = sessionStorage.getItem("studio");
  const returned = new URLSearchParams(location.search).has("access");
  if (parent === window && returned && studio) location.replace(studio);
}
