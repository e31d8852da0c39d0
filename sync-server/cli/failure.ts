/** How a command ends badly: 1 refused or failed, 2 wrong usage; one clear line on standard error (DESIGN 8). */
export class CommandFailure extends Error {
  readonly exitCode: 1 | 2

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message)
    this.exitCode = exitCode
  }
}
