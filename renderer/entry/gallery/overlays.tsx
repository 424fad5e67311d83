import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx'
import { useHotkeys } from '../../ui/hotkeys/hotkeys.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Palette } from '../../ui/palette.tsx'
import { ShortcutHelp } from '../../ui/shortcut-help.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { Line, Part } from './part.tsx'

export function Overlays() {
  const [open, setOpen] = useState<string | null>(null)
  const [ran, setRan] = useState('–')
  const [text, setText] = useState('')
  const close = () => setOpen(null)
  const keysOf = useHotkeys([
    {
      id: 'palette',
      label: 'Cerca o comanda',
      keys: ['Ctrl+K'],
      group: 'Pagina',
      run: () => setOpen('palette'),
    },
    { id: 'help', label: 'Mappa dei tasti', keys: ['?'], group: 'Pagina', run: () => setOpen('help') },
    { id: 'call.answer', label: 'Rispondi', keys: ['F2'], group: 'Chiamata', run: () => setRan('F2') },
    {
      id: 'outcome.1',
      label: 'Interessata',
      keys: ['1', 'Ctrl+Enter 1'],
      group: 'Esito',
      run: () => setRan('1'),
    },
    {
      id: 'off',
      label: 'Non ora',
      keys: ['F9'],
      group: 'Chiamata',
      isEnabled: false,
      run: () => setRan('F9'),
    },
  ])
  return (
    <Part title="Overlays and keys">
      <Line>
        <Button onPress={() => setOpen('dialog')}>Finestra</Button>
        <Button onPress={() => setOpen('confirm')}>Conferma con nome</Button>
        <Button shortcut={keysOf('palette')} onPress={() => setOpen('palette')}>
          Comandi
        </Button>
        <Button shortcut={keysOf('help')} onPress={() => setOpen('help')}>
          Tasti
        </Button>
        <Menu
          label="Altro"
          onAction={setRan}
          items={[
            { id: 'duplicate', label: 'Duplica', shortcut: 'F8' },
            { id: 'hold', label: 'Sospendi', hint: 'riparte quando vuoi', isDisabled: true },
            { id: 'delete', label: 'Elimina', icon: Trash2, isDanger: true },
          ]}
        >
          <Button>Altro</Button>
        </Menu>
        <TextField
          label="Campo di prova"
          hideLabel
          placeholder="Ctrl+Invio, poi 1"
          value={text}
          onChange={setText}
        />
        <output className="text-ink-2">{ran}</output>
      </Line>
      <Dialog
        title="Pausa"
        isOpen={open === 'dialog'}
        onClose={close}
        footer={
          <>
            <Button onPress={close}>Annulla</Button>
            <Button variant="primary" onPress={close}>
              Salva
            </Button>
          </>
        }
      >
        <TextField label="Motivo" value={text} onChange={setText} />
      </Dialog>
      <ConfirmDialog
        title="Eliminare la lista?"
        confirm="Elimina 1.204 nominativi"
        isOpen={open === 'confirm'}
        onClose={close}
        onConfirm={close}
      >
        I nominativi mai chiamati vengono tolti per sempre. Le chiamate fatte restano.
      </ConfirmDialog>
      <Palette
        isOpen={open === 'palette'}
        onClose={close}
        actions={[{ id: 'theme', label: 'Tema scuro', group: 'Pagina', run: () => setRan('theme') }]}
      />
      <ShortcutHelp isOpen={open === 'help'} onClose={close} note="I tasti si cambiano nelle impostazioni." />
    </Part>
  )
}
