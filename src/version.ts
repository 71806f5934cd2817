/** Of this package; written into every file that it trains. */
export const VERSION = '0.1.0'
