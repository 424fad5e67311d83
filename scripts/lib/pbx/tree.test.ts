import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeFromContainer, mirrorFrom, proxiesFrom, versionFile } from './debian.mjs'
import { runsIn } from './orphans.mjs'
import { majorVersion, makeTree, removeHalves } from './tree.mjs'

describe('an Asterisk of our own', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cuffia-tree-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test.each([
    ['Asterisk 22.10.1+dfsg+~cs6.17.60671434-1', 22],
    ['Asterisk certified/20.7-cert2', 20],
    ['Asterisk certified-22.8.1', 22],
    ['Asterisk 18.9.0', 18],
    ['asterisk: not found', undefined],
  ])('"%s" is of version %s', (text, version) => {
    expect(majorVersion(text)).toBe(version)
  })

  test('comes from the mirror the machine already uses, never from the one of security fixes', () => {
    const targets =
      'Debian http://mirror.test/debian-security/\nDocker http://docker.test/\nDebian http://mirror.test/debian/\n'
    expect(mirrorFrom(targets)).toBe('http://mirror.test/debian/')
    expect(mirrorFrom('Ubuntu http://mirror.test/ubuntu/')).toBeUndefined()
  })

  test('comes through the proxy that apt goes through', () => {
    expect(proxiesFrom("http_proxy='http://proxy.test:3128'\n")).toEqual({
      http_proxy: 'http://proxy.test:3128',
    })
    // what apt calls no proxy
    expect(proxiesFrom("http_proxy='DIRECT'\n")).toEqual({})
    expect(proxiesFrom('')).toEqual({})
  })

  const tree = () => join(folder, 'asterisk-22')
  const fill = (half: string) => {
    mkdirSync(half)
    writeFileSync(join(half, versionFile), 'Asterisk 22.10.1')
  }

  test('is there only when it is whole', () => {
    const fails = () =>
      makeTree(tree(), (half: string) => {
        fill(half)
        throw new Error('the mirror is away')
      })
    expect(fails).toThrow('the mirror is away')
    expect(readdirSync(folder)).toEqual([])
    makeTree(tree(), fill)
    expect(readdirSync(folder)).toEqual(['asterisk-22'])
  })

  test('is made again where an older maker left half of it', () => {
    mkdirSync(join(tree(), 'usr'), { recursive: true })
    makeTree(tree(), fill)
    expect(readdirSync(tree())).toEqual([versionFile])
  })

  test('stays as it is when another maker was faster', () => {
    makeTree(tree(), (half: string) => {
      fill(half)
      fill(tree())
      writeFileSync(join(tree(), 'of-the-other'), '')
    })
    expect(readdirSync(tree())).toContain('of-the-other')
    expect(readdirSync(folder)).toEqual(['asterisk-22'])
  })

  test('halves of makers that are gone are removed, those of living ones stay', () => {
    // no process has this number: it is above the kernel's highest
    for (const pid of [4_194_305, process.pid]) mkdirSync(join(folder, `asterisk-22.${pid}.part`))
    removeHalves(tree())
    expect(readdirSync(folder)).toEqual([`asterisk-22.${process.pid}.part`])
  })

  /** Says what it was asked, and gives out a tree as a container would. */
  function engine(script: string) {
    const file = join(folder, 'engine')
    writeFileSync(file, `#!/bin/sh\necho "$@" > ${join(folder, 'asked')}\n${script}\n`)
    chmodSync(file, 0o755)
    return file
  }

  test('is taken out of a container', () => {
    mkdirSync(join(folder, 'inside/usr/sbin'), { recursive: true })
    writeFileSync(join(folder, 'inside/usr/sbin/asterisk'), '')
    writeFileSync(join(folder, 'inside', versionFile), 'Asterisk 22.10.1')
    const program = engine(`tar -C ${join(folder, 'inside')} -c usr ${versionFile}`)
    makeFromContainer(program, tree(), () => undefined)
    expect(existsSync(join(tree(), 'usr/sbin/asterisk'))).toBe(true)
    expect(existsSync(join(tree(), versionFile))).toBe(true)
  })

  test('is not there when the container failed', () => {
    const program = engine('exit 125')
    expect(() => makeFromContainer(program, tree(), () => undefined)).toThrow('Installing Asterisk with')
  })
})

test.each([
  [
    'an Asterisk of our own',
    ['/c/ld.so', '--argv0', 'asterisk', '-f', '-C', '/x/pbx/etc/asterisk.conf'],
    true,
  ],
  ["the system's Asterisk", ['asterisk', '-f', '-C', '/x/pbx/etc/asterisk.conf'], true],
  ['SIPp', ['sipp', '-sf', '/x/pbx/sipp/carrier.xml'], true],
  ['an Asterisk of another folder', ['asterisk', '-f', '-C', '/x/pbx-2/etc/asterisk.conf'], false],
  ['an editor of one of the files', ['vi', '/x/pbx/etc/asterisk.conf'], false],
])('of what runs, %s is told', (_what, words, ours) => {
  expect(runsIn('/x/pbx', words)).toBe(ours)
})
