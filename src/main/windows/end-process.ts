/** Ends a page's process however stuck it is: Electron's own way asks the page to crash, which a stopped one never hears. */
export function endProcess(pid: number): void {
  try {
    if (pid > 0) process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
