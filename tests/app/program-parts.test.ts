// A command line that names a command is declared in part only; nothing a user sees may tell that from the whole.
import { describe, expect, test } from 'vitest'
import { createProgram } from '../../src/app/main.ts'

const whole = createProgram()

describe.each(whole.commands.map((command) => command.name()))('presslark %s', (name) => {
  test('is declared when its name comes first, and not all others with it', () => {
    const part = createProgram(name)
    const [command] = part.commands.filter((one) => one.name() === name)
    const same = whole.commands.find((one) => one.name() === name)
    expect(command?.helpInformation()).toBe(same?.helpInformation())
    expect(part.commands.length).toBeLessThan(whole.commands.length)
  })
})

test('anything else declares all commands, so that help lists them and a slip of the pen finds its neighbour', () => {
  for (const first of [undefined, '--config', '--help', 'help', 'serch'])
    expect(createProgram(first).commands).toHaveLength(whole.commands.length)
})
