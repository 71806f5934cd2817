export const plainWords = ['__proto__', '10', 'b', '2', 'naïve', '東京', 'new york', '"quoted\\']
