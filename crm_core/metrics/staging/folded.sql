/* ---
kind: macro
parameters: [x]
--- */
-- A name without case and space, as references are compared: 'GTX Pro' and 'gtxpro' are one.
lower(regexp_replace(nfc_normalize(x), '[\s\p{Z}]+', '', 'g'))
