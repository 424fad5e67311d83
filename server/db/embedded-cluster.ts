import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Account, privateFolder } from './embedded-account.ts'
import type { Binaries } from './embedded-binaries.ts'
import { databaseName, databaseUser, password, passwordFile, type Transport } from './embedded-endpoint.ts'
import { databaseError, folderError, outputError } from './embedded-problem.ts'

interface Made {
  folder: string
  cluster: string
  binaries: Binaries
  account: Account | undefined
  transport: Transport
  /** False only for clusters that are thrown away: skips waiting for the disk. */
  durable: boolean
}

// The variables that PostgreSQL would otherwise take from ours (PGDATA, LC_*) must not reach it.
export const programEnvironment = process.platform === 'win32' ? undefined : { LC_ALL: 'C', TZ: 'UTC' }

async function run(made: Made, program: string, args: string[], input = ''): Promise<void> {
  const child = spawn(program, args, {
    ...made.account,
    cwd: made.folder,
    ...(programEnvironment && { env: programEnvironment }),
  })
  let output = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr.on('data', (data: Buffer) => (output += data.toString()))
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw outputError(made.folder, `${program} ended with ${code}`, output)
}

const isWhole = (cluster: string): boolean =>
  existsSync(join(cluster, 'PG_VERSION')) && existsSync(join(cluster, 'global', 'pg_control'))

/** A cluster is made aside and renamed when finished, so that what bears the final name is whole. */
async function make(made: Made): Promise<void> {
  const aside = `${made.cluster}.making`
  rmSync(aside, { recursive: true, force: true })
  privateFolder(aside, made.account)
  const args = ['-D', aside, '-U', databaseUser, '-E', 'UTF8', '--no-instructions']
  // Plain byte order makes prefix searches use ordinary indexes; lists are sorted with COLLATE "it-x-icu".
  args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C')
  if (made.transport === 'socket') args.push('--auth=trust')
  else {
    password(made.folder, made.account)
    args.push('--auth=scram-sha-256', `--pwfile=${passwordFile(made.folder)}`)
  }
  if (!made.durable) args.push('--no-sync')
  await run(made, made.binaries.initdb, args)
  const single = ['--single', '-D', aside, ...(made.durable ? [] : ['-c', 'fsync=off']), 'postgres']
  await run(made, made.binaries.postgres, single, `CREATE DATABASE ${databaseName}\n`)
  renameSync(aside, made.cluster)
}

/** Makes the cluster unless a whole one of this major version is there. A broken one is put aside, never removed. */
export async function ensureCluster(made: Made): Promise<void> {
  const version = join(made.cluster, 'PG_VERSION')
  if (isWhole(made.cluster)) {
    const found = readFileSync(version, 'utf8').trim()
    if (found === made.binaries.major) return
    throw databaseError(
      'other-major-version',
      `${made.cluster} was made by PostgreSQL ${found}, and this is ${made.binaries.major}: ` +
        'export the data with the older version, or choose another data folder',
    )
  }
  try {
    if (existsSync(made.cluster)) {
      const count = readdirSync(made.folder).filter((name) => name.startsWith('cluster.broken')).length
      renameSync(made.cluster, `${made.cluster}.broken-${count + 1}`)
    }
    await make(made)
  } catch (error) {
    throw folderError(made.cluster, error)
  }
}
