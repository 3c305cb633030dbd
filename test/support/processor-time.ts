/**
 * Starts to count this process's time on the processor, and tells it in milliseconds: what else the machine does counts
 * little.
 */
export function processorMilliseconds(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  };
}
