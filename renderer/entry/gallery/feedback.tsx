import { useState } from 'react'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Progress, Skeleton } from '../../ui/progress.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { UndoBar } from '../../ui/undo-bar.tsx'
import { Line, Part } from './part.tsx'

export function Feedback() {
  const announce = useAnnounce()
  const [until] = useState(() => Date.now() + 600_000)
  return (
    <Part title="Feedback">
      <Banner
        kind="info"
        title="Aggiornamento pronto"
        means="Parte quando esci."
        action={<Button size="small">Adesso</Button>}
      />
      <Banner
        kind="error"
        title="Manca la linea con il centralino"
        means="La telefonata continua; ciò che salvi è al sicuro qui."
        todo="Si ricollega da sé; se dura, avvisa chi amministra."
        action={<Button size="small">Diagnosi</Button>}
      />
      <UndoBar until={until} shortcut="U" onUndo={() => undefined} onEnd={() => undefined}>
        Esito salvato: Interessata
      </UndoBar>
      <div className="grid gap-4 md:grid-cols-3">
        <Progress label="Caricamento" value={0.17} text="3.100 di 18.204" />
        <Progress label="Verifica" value={null} />
        <Skeleton label="Scheda in arrivo" />
      </div>
      <Line>
        <Spinner />
        <Button onPress={() => announce('Squilla: Maria Esposito')}>Annuncia</Button>
      </Line>
    </Part>
  )
}
