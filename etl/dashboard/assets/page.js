"use strict";
// All that the pages can do beyond plain HTML: suggest counties, filter tables, save a view as a picture.
// Nothing is requested from anywhere: counties.js is a file beside the pages.
