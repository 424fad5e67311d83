interface Pbx {
  ari: { url: string; user: string; password: string }
  carrier: { port: number }
}

/**
 * Desk phones as the switch knows them by itself: customers of the carrier, of those that answer and stay until we hang
 * up. Made over ARI, so that a switch that restarts needs them again.
 */
export async function makeDeskPhones(
  { ari, carrier }: Pbx,
  names: readonly string[],
  /** How one behaves, as a customer's last two digits say. */
  behaviours: Readonly<Record<string, string>> = {},
): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${ari.user}:${ari.password}`).toString('base64')}`
  const object = async (kind: string, id: string, fields: Record<string, string>) => {
    const reply = await fetch(`${ari.url}/asterisk/config/dynamic/res_pjsip/${kind}/${id}`, {
      method: 'PUT',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({
        fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })),
      }),
    })
    if (!reply.ok) throw new Error(`${kind} ${id}: ${reply.status} ${await reply.text()}`)
  }
  for (const [index, name] of names.entries()) {
    const contact = `sip:08100${index}${behaviours[name] ?? '55'}@127.0.0.1:${carrier.port}`
    await object('aor', name, { contact, qualify_frequency: '0' })
    await object('endpoint', name, { aors: name, disallow: 'all', allow: 'ulaw', direct_media: 'no' })
  }
}
