// Signed out meanwhile (the day is over, or the password was changed): every answer is then 401. Sign in again.
"use strict";

const plainFetch = window.fetch.bind(window);
let leaving = false;

window.fetch = async (...request) => {
  const response = await plainFetch(...request);
  if (response.status === 401 && !leaving) {
    leaving = true;
    location.assign("login");
  }
  return response;
};
