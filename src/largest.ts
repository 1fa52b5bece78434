/** The largest of any number of numbers, or `least`; as arguments of Math.max, 100,000 would fill the stack. */
export function largest(numbers: Iterable<number>, least: number): number {
  let result = least;
  for (const number of numbers) if (number > result) result = number;
  return result;
}
