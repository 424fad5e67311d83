import { createReadStream, readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detect } from './detect.ts'
import { duplicateKey, mapRow } from './map-row.ts'
import type { ContactDraft, MappedRow } from './map-row.ts'
import { openTable, readTable } from './read-table.ts'
import type { TableRow } from './read-table.ts'
import { suggestMapping } from './suggest-mapping.ts'

const root = new URL('../../../', import.meta.url)
const data = (name: string) => new URL(`tests/data/csv/${name}`, root)
const options = { country: 'IT', today: '2026-11-24' } as const

/** A file as an import goes through it, from bytes to contacts. */
async function read(file: URL, chunk = 64 * 1024) {
  const { format, rows } = await openTable(createReadStream(file, { highWaterMark: chunk }))
  const all = await Array.fromAsync(rows)
  const header = format.header ? (all[0]?.cells ?? null) : null
  const body = format.header ? all.slice(1) : all
  const mapping = suggestMapping(
    header,
    body.slice(0, 10).map(({ cells }) => cells),
    'IT',
  )
  const mapped = body.map((row): MappedRow | string =>
    'problem' in row ? row.problem : mapRow(row.cells, mapping, options),
  )
  return { format, header, rows: body, mapping: Object.values(mapping), mapped }
}
const contactOf = (row: MappedRow | string | undefined): ContactDraft => {
  if (typeof row !== 'object' || !row.ok) throw new Error(`no contact: ${JSON.stringify(row)}`)
  return row.contact
}

describe('a spreadsheet saved by an Italian Excel (Windows-1252, semicolons)', async () => {
  const { format, mapping, rows, mapped } = await read(data('windows-1252-semicolon.csv'))

  it('is recognised, with its accents, euro signs and curly quotes', () => {
    expect(format).toEqual({ encoding: 'windows-1252', bom: false, separator: ';', header: true })
    expect(mapping).toEqual([
      'lastName',
      'firstName',
      'city',
      'province',
      'phone1',
      'phone2',
      'marketingConsent',
      'note',
    ])
    expect(rows.map(({ line }) => line)).toEqual([2, 3, 5])
    expect(contactOf(mapped[0])).toMatchObject({
      lastName: 'Sannò',
      firstName: 'Niccolò',
      city: 'Forlì',
      province: 'FC',
      phones: [
        { raw: '394 1234567', e164: '+393941234567', kind: 'mobile' },
        { raw: '0543/012.34.5', e164: '+390543012345', kind: 'landline' },
      ],
      marketingConsent: true,
      note: 'spende 39,90 €',
    })
    expect(contactOf(mapped[1])).toMatchObject({
      lastName: 'D’Angelo',
      marketingConsent: false,
      note: '“richiamare”',
    })
  })

  it('has the zero back that Excel took from a landline, with a warning', () => {
    expect(contactOf(mapped[2]).phones.map(({ e164 }) => e164)).toEqual(['+393961234567', '+390612345678'])
    expect(mapped[2]).toMatchObject({
      warnings: [{ column: 5, code: 'phone-zero-restored', value: '612345678' }],
    })
  })
})

describe('an export in UTF-8 with a mark, commas and line breaks in quotes', () => {
  it('keeps the breaks of a note, joins those of an address, and counts lines of the file', async () => {
    const { format, rows, mapped } = await read(data('utf-8-bom-comma-quoted-breaks.csv'))
    expect(format).toEqual({ encoding: 'utf-8', bom: true, separator: ',', header: true })
    expect(rows.map(({ line }) => line)).toEqual([2, 6])
    expect(contactOf(mapped[0])).toMatchObject({
      firstName: 'Maria Grazia',
      lastName: 'Esposito',
      street: 'Via Roma, 12 scala B',
      note: 'ha detto "domani"\n\nrichiamare',
    })
    expect(contactOf(mapped[1])).toMatchObject({ firstName: 'Mario', lastName: 'Rossi' })
  })

  it('reads the same whichever way its bytes are cut', async () => {
    const whole = await read(data('utf-8-bom-comma-quoted-breaks.csv'))
    expect(await read(data('utf-8-bom-comma-quoted-breaks.csv'), 1)).toEqual(whole)
    expect((await read(data('utf-16le-tab.csv'), 1)).rows).toEqual(
      (await read(data('utf-16le-tab.csv'))).rows,
    )
  })
})

describe('other ways in which tables are saved', () => {
  it('UTF-16 with tabs, English headers, two-digit years and serial dates', async () => {
    const { format, mapped } = await read(data('utf-16le-tab.csv'))
    expect(format).toEqual({ encoding: 'utf-16le', bom: true, separator: '\t', header: true })
    expect(contactOf(mapped[0])).toMatchObject({
      firstName: 'Zoë',
      lastName: 'Łukasiewicz',
      birthDate: '1980-05-12',
    })
    expect(contactOf(mapped[1])).toMatchObject({ birthDate: '1980-05-13', marketingConsent: false })
  })

  it("with Excel's sep= line, which is no row", async () => {
    const { format, header, rows, mapped } = await read(data('sep-line.csv'))
    expect(format).toMatchObject({ separator: ';', header: true })
    expect(header).toEqual(['RAGIONE SOCIALE', 'TEL', 'Partita IVA'])
    expect(rows).toHaveLength(1)
    expect(contactOf(mapped[0])).toMatchObject({
      company: 'Caffè Mergellina, s.r.l.',
      custom: { 'Partita IVA': '01234567890' },
    })
  })

  it('with the line ends of an old Mac', async () => {
    const { rows, mapped } = await read(data('old-mac.csv'))
    expect(rows.map(({ line }) => line)).toEqual([2, 3])
    expect(contactOf(mapped[1])).toMatchObject({ firstName: 'Maria Rosa', lastName: 'Russo' })
  })

  it('without header, where only the values speak', async () => {
    const { format, mapping } = await read(data('no-header-pipe.csv'))
    expect(format).toMatchObject({ separator: '|', header: false })
    expect(mapping).toEqual(['custom:1', 'custom:2', 'phone1', 'email'])
  })

  it('with the first accent after the sample', async () => {
    const rows = Array.from(
      { length: 5000 },
      (_, index) => `Russo;Anna;39412${String(index).padStart(5, '0')}`,
    )
    const bytes = Buffer.from(['Cognome;Nome;Cell', ...rows, 'Sannò;Niccolò;3951234567'].join('\n'), 'latin1')
    const { format, rows: read } = await openTable(
      Readable.from([bytes.subarray(0, 70_000), bytes.subarray(70_000)]),
    )
    expect(format.encoding).toBe('utf-8')
    expect((await Array.fromAsync(read)).at(-1)).toEqual({
      line: 5002,
      cells: ['Sannò', 'Niccolò', '3951234567'],
    })
  })

  it.each([
    ['xlsx', Buffer.from('PK\u0003\u0004....[Content_Types].xml xl/workbook.xml', 'latin1')],
    ['zip', Buffer.from('PK\u0003\u0004....letter.txt', 'latin1')],
    ['xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
    ['pdf', Buffer.from('%PDF-1.7\n')],
    ['html', Buffer.from('<html><table><tr><td>Cognome</td></tr></table>')],
    ['binary', Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 37) % 29))],
    ['empty', Buffer.alloc(0)],
  ])('but not %s, which is refused by its name', async (kind, bytes) => {
    const input = Readable.from(bytes.length > 0 ? [bytes] : [])
    await expect(openTable(input)).rejects.toMatchObject({ code: 'file-unreadable', details: { kind } })
  })
})

describe('a file with everything wrong in it', async () => {
  const { rows, mapped } = await read(data('mixed-problems.csv'))
  const at = (line: number) => {
    const row = mapped[rows.findIndex((candidate) => candidate.line === line)]
    if (row === undefined || typeof row === 'string') return row
    return row.ok ? row.warnings.map(({ code }) => code) : row.problems.map(({ code }) => code)
  }

  it('tells for each row what is wrong, and loses no other row', () => {
    expect(rows.map(({ line }) => at(line))).toEqual([
      [],
      'too-few-cells',
      'too-many-cells',
      'quote-not-closed',
      ['bad-date'],
      ['phone-too-short'],
      'nul-bytes',
      ['phone-not-a-number'],
      [],
      ['phone-too-short'],
      ['no-name'],
      [],
      'quote-not-closed',
    ])
  })

  it('keeps the raw text of what could not be read', () => {
    expect(contactOf(mapped[4])).toMatchObject({
      firstName: '"Carla" detta Lina',
      birthDate: null,
      custom: { birthDate: '31/2/1980' },
    })
    expect(contactOf(mapped[5])).toMatchObject({
      phones: [{ e164: '+393991234567' }],
      custom: { phone2: '081 55' },
    })
  })

  it('takes two complete numbers of one cell in their order', () => {
    expect(contactOf(mapped[8]).phones.map(({ e164 }) => e164)).toEqual(['+393941111111', '+390810123456'])
  })
})

describe('limits', () => {
  const text = (content: string) =>
    Array.fromAsync(
      readTable(Readable.from([Buffer.from(content)]), {
        encoding: 'utf-8',
        bom: false,
        separator: ';',
        header: false,
      }),
    )
  const problem = (row: TableRow | undefined) => row && 'problem' in row && row.problem

  it('hold for cells, rows and columns, and the rows after are read', async () => {
    const rows = await text(
      `a;b\n${'x'.repeat(10_001)};b\n${'y'.repeat(3_000_000)}\n${';z'.repeat(301)}\nc;d\n`,
    )
    expect(rows.map(problem)).toEqual([false, 'cell-too-long', 'row-too-long', 'too-many-columns', false])
    expect(rows.at(-1)).toEqual({ line: 5, cells: ['c', 'd'] })
  })

  it('hold for a quote that is never closed in a long file', async () => {
    const rows = await text(`a;b\n"open;b\n${'c;d\n'.repeat(1000)}`)
    expect(rows).toHaveLength(1002)
    expect(rows[1]).toEqual({ line: 2, cells: ['"open', 'b'], problem: 'quote-not-closed' })
    expect(rows.at(-1)).toEqual({ line: 1002, cells: ['c', 'd'] })
  })

  it('say which character could not be read', async () => {
    const broken = Buffer.concat([Buffer.from('àèìòù;b\n'), Buffer.from([0xe0]), Buffer.from(';b\n')])
    const format = { encoding: 'utf-8', bom: false, separator: ';', header: false } as const
    const rows = await Array.fromAsync(readTable(Readable.from([broken]), format))
    expect(rows.map(problem)).toEqual([false, 'unreadable-character'])
  })
})

describe('any table of plain texts', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'è', '€', '"', ';', ',', ' ', '\n', '7'),
    maxLength: 8,
  })
  const table = fc
    .integer({ min: 2, max: 5 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
    )

  it('comes back as it was written, with the line on which each row begins', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom('\n', '\r\n', '\r'), fc.nat(6), async (rows, end, cut) => {
        const written = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(';'))
        const bytes = Buffer.from(
          `head;head${';head'.repeat((rows[0]?.length ?? 2) - 2)}${end}${written.join(end)}${end}`,
        )
        const chunks = Array.from({ length: Math.ceil(bytes.length / (cut + 1)) }, (_, index) =>
          bytes.subarray(index * (cut + 1), (index + 1) * (cut + 1)),
        )
        const format = { encoding: 'utf-8', bom: false, separator: ';', header: true } as const
        const found = await Array.fromAsync(readTable(Readable.from(chunks), format))
        let line = 2
        const expected = rows.flatMap((cells) => {
          const here = line
          line += 1 + cells.join('').split('\n').length - 1
          return cells.some((text) => text.trim() !== '') ? [{ line: here, cells }] : []
        })
        expect(found.slice(1)).toEqual(expected)
      }),
    )
  })

  it('any bytes whatever give rows or a refusal with a code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, truncated) => {
        let code = ''
        try {
          code = detect(bytes, truncated).separator
        } catch (error) {
          code = String((error as { code?: unknown }).code)
        }
        expect([';', ',', '\t', '|', 'file-unreadable']).toContain(code)
      }),
    )
  })
})

describe('the demo list', () => {
  it('loads almost whole, with some rejects and duplicates to look at', async () => {
    const { format, mapped, mapping } = await read(new URL('resources/demo/contatti-napoli.csv', root))
    expect(format).toEqual({ encoding: 'windows-1252', bom: false, separator: ';', header: true })
    expect(mapping.filter((field) => field.startsWith('custom:'))).toEqual(['custom:FONTE'])
    const good = mapped.filter((row) => typeof row === 'object' && row.ok)
    const keys = good.map((row) => duplicateKey(contactOf(row)))
    expect({
      rows: mapped.length,
      rejected: mapped.length - good.length,
      duplicates: keys.length - new Set(keys).size,
    }).toEqual({
      rows: 200,
      rejected: 7,
      duplicates: 5,
    })
  })

  it('is committed as the bytes that a spreadsheet writes', () => {
    const bytes = readFileSync(new URL('resources/demo/contatti-napoli.csv', root))
    expect(bytes.includes('\r\n')).toBe(true)
  })
})
