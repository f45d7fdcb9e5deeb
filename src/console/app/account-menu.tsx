import {
  Button,
  Popover,
  SegmentedControl,
  Switch,
  useMantineColorScheme,
  type MantineColorScheme
} from '@mantine/core'
import { IconChevronDown, IconLogout } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { Me } from '../../contract/wire/v1/console'
import { useWords } from '../../ui/language'
import type { Language } from '../../ui/messages/translate'
import { KeySetUp } from '../break-glass/key-set-up'
import classes from './account-menu.module.css'
import { LanguageChoice } from './language-choice'

export interface AccountMenuProps {
  readonly me: Me
  readonly language: Language
  readonly setLanguage: (language: Language) => void
  readonly keys: 'on' | 'off'
  readonly setKeys: (keys: 'on' | 'off') => void
  readonly signOut: () => void
}

/** Who is signed in, how the console looks and speaks to them, and the way out. */
export function AccountMenu(props: AccountMenuProps): ReactNode {
  const { me, language, setLanguage, keys, setKeys, signOut } = props
  const { say } = useWords()
  const [isOpen, setOpen] = useState(false)
  // Mantine would switch transitions off through a <style> element, which the policy refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const appearances = (['auto', 'light', 'dark'] as const).map((value) => ({
    value,
    label: say(`console.menu.${value}`)
  }))
  return (
    <Popover
      position="bottom-end"
      width={320}
      trapFocus
      returnFocus
      shadow="md"
      opened={isOpen}
      onChange={setOpen}
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.target}
          aria-label={say('console.menu', { name: me.name })}
          onClick={() => setOpen(!isOpen)}
        >
          <span className={classes.name}>{me.name}</span>
          <IconChevronDown size={16} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('console.menu', { name: me.name })}>
        <div className={classes.menu}>
          <div>
            <div className={classes.who}>{me.name}</div>
            <div className={classes.where}>
              {say(`console.menu.role.${me.role}`)} · {me.team} · {me.organisation}
            </div>
          </div>
          <div>
            <div className={classes.label} id="choose-appearance">
              {say('console.menu.appearance')}
            </div>
            <SegmentedControl<MantineColorScheme>
              fullWidth
              size="xs"
              data={appearances}
              value={colorScheme}
              onChange={setColorScheme}
              aria-labelledby="choose-appearance"
            />
          </div>
          <LanguageChoice language={language} setLanguage={setLanguage} />
          <Switch
            label={say('console.menu.keys')}
            checked={keys === 'on'}
            onChange={(event) => setKeys(event.currentTarget.checked ? 'on' : 'off')}
          />
          <KeySetUp me={me} />
          <Link href="/account" className={classes.account} onClick={() => setOpen(false)}>
            {say('account.title')}
          </Link>
          <Button variant="default" leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
            {say('common.signOut')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
