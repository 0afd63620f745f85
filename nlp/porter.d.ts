// The one deep import of `natural` (its root loads databases and prints to stdout); it ships no types for this file.
declare module 'natural/lib/natural/stemmers/porter_stemmer.js' {
  const stemmer: { stem(token: string): string };
  export default stemmer;
}
