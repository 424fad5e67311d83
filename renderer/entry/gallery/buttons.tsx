import { ArrowRightLeft, Download, Grip, MicOff, Pause, Phone, PhoneOff, Settings } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Line, Part } from './part.tsx'

export function Buttons() {
  const [isMuted, setMuted] = useState(true)
  const nothing = () => undefined
  return (
    <Part title="Buttons and keys">
      <Line>
        <Button size="big" icon={MicOff} shortcut="F6" isOn={isMuted} onPress={() => setMuted(!isMuted)}>
          Muto
        </Button>
        <Button size="big" icon={Pause} shortcut="F7" onPress={nothing}>
          Attesa
        </Button>
        <Button size="big" icon={ArrowRightLeft} shortcut="F8" isPending>
          Passa
        </Button>
        <Button size="big" icon={Grip} shortcut="F9" isDisabled>
          Tasti
        </Button>
        <Button size="big" variant="primary" icon={Phone} shortcut="F2" onPress={nothing}>
          Rispondi
        </Button>
        <Button size="big" variant="danger" icon={PhoneOff} shortcut="F4" onPress={nothing}>
          Chiudi
        </Button>
      </Line>
      {(['medium', 'small'] as const).map((size) => (
        <Line key={size}>
          <Button size={size} variant="primary" shortcut="Enter">
            Avanti
          </Button>
          <Button size={size} shortcut="PageUp">
            Indietro
          </Button>
          <Button size={size} variant="quiet">
            Annulla
          </Button>
          <Button size={size} variant="danger">
            Elimina 1.204 nominativi
          </Button>
          <Button size={size} variant="primary" isPending>
            Salva
          </Button>
          <Button size={size} variant="primary" isDisabled>
            Salva
          </Button>
          <Button size={size} icon={Download}>
            Scarica
          </Button>
        </Line>
      ))}
      <Line>
        <IconButton label="Impostazioni" icon={Settings} shortcut="Ctrl+K" />
        <IconButton label="Scarica" icon={Download} size="small" />
        <IconButton label="Scarica, non ora" icon={Download} isDisabled />
        <Kbd keys="Ctrl+K" />
        <Kbd keys="Ctrl+Enter 1" />
        <Kbd keys="PageDown" />
        <Kbd keys="?" />
      </Line>
    </Part>
  )
}
