"""What the center gives to browsers as it is: `verify.js`, ours, and `noble-ed25519.js`.

noble-ed25519 2.3.0 (MIT, Paul Miller; npm @noble/ed25519, `index.js` unchanged, its licence beside it) checks
a signature in browsers whose WebCrypto knows no Ed25519 yet.
"""
