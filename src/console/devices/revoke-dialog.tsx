import { Radio, Stack } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { revokeReasonSchema, type RevokeReason } from '../../contract/wire/v1/device-admin'
import { useWords } from '../../ui/language'
import { useFailed } from '../connections/use-failed'
import { FormDialog } from '../dialog/form-dialog'

interface Props {
  readonly label: string
  readonly act: (reason: RevokeReason) => Promise<void>
  readonly onClose: () => void
}

/** Asks why before a computer is shut out for good. */
export function RevokeDialog({ label, act, onClose }: Props): ReactNode {
  const { say } = useWords()
  const whyOf = useFailed()
  const [reason, setReason] = useState<RevokeReason | null>(null)
  return (
    <FormDialog
      title={say('devices.revoke')}
      isGood={reason !== null}
      save={say('connections.confirm')}
      saving={say('connections.saving')}
      send={async () => {
        if (reason !== null) await act(reason)
      }}
      whyOf={whyOf}
      onClose={onClose}
    >
      <p>{say('devices.revoke.ask', { label })}</p>
      <Radio.Group
        label={say('devices.reason')}
        description={say('devices.reason.hint')}
        value={reason}
        onChange={(value) => setReason(revokeReasonSchema.options.find((one) => one === value) ?? null)}
      >
        <Stack gap={8} mt={8}>
          {revokeReasonSchema.options.map((value) => (
            <Radio key={value} value={value} label={say(`devices.reason.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </FormDialog>
  )
}
