import type { Area } from './message'

/** Names of the computer's checks, and what mends each of them. The person at the desk reads this: no jargon, one way out. */
export const checkRemedies = {
  'shell.check.os-updates': { en: 'Security updates', es: 'Actualizaciones de seguridad' },
  'shell.check.antivirus': { en: 'Anti-virus', es: 'Antivirus' },
  'shell.check.firewall': { en: 'Firewall', es: 'Cortafuegos' },
  'shell.check.disk-encryption': { en: 'Disk encryption', es: 'Cifrado del disco' },
  'shell.check.screen-lock': { en: 'Screen lock', es: 'Bloqueo de pantalla' },
  'shell.check.secure-boot': { en: 'Secure boot', es: 'Arranque seguro' },
  'shell.check.tpm': { en: 'Security chip', es: 'Chip de seguridad' },
  'shell.check.local-admin': { en: 'Administrator rights', es: 'Permisos de administrador' },
  'shell.check.virtual-machine': { en: 'Real computer', es: 'Equipo real' },
  'shell.check.remote-control': { en: 'Remote control', es: 'Control remoto' },
  'shell.check.displays': { en: 'Displays', es: 'Pantallas' },
  'shell.check.usb-storage': { en: 'USB storage', es: 'Memorias USB' },
  'shell.check.virtual-camera': { en: 'Camera drivers', es: 'Controladores de cámara' },
  'shell.check.wifi': { en: 'Wi-Fi', es: 'Wifi' },
  'shell.check.clock': { en: 'Clock', es: 'Reloj' },
  'shell.check.application-control': {
    en: 'Program rules of the system',
    es: 'Reglas de programas del sistema'
  },

  'remedy.check.waiting': {
    en: 'The first look is under way. It takes a few seconds.',
    es: 'La primera revisión está en curso. Tarda unos segundos.'
  },
  'remedy.check.stale': {
    en: 'The last answer is too old. It is looked at again by itself; if it stays this way, start Havendesk again.',
    es: 'La última respuesta es demasiado antigua. Se revisa de nuevo por sí sola; si sigue así, abra Havendesk de nuevo.'
  },

  'remedy.os-updates.unknown': {
    en: 'Havendesk cannot tell which updates wait. Install what your computer offers, and ask IT if this stays.',
    es: 'Havendesk no puede saber qué actualizaciones faltan. Instale las que ofrezca su equipo y pregunte a TI si esto sigue.'
  },
  'remedy.os-updates.version': {
    en: 'The system of this computer is too old for work. Ask IT for the newer version.',
    es: 'El sistema de este equipo es demasiado antiguo para trabajar. Pida a TI la versión nueva.'
  },
  'remedy.os-updates.pending': {
    en: 'Install the security updates that wait, then restart the computer.',
    es: 'Instale las actualizaciones de seguridad pendientes y reinicie el equipo.'
  },
  'remedy.os-updates.list-old': {
    en: 'Let the computer look for updates: open its updater while you are online.',
    es: 'Deje que el equipo busque actualizaciones: abra su actualizador con conexión a internet.'
  },

  'remedy.application-control.unknown': {
    en: 'Havendesk cannot tell whether this computer itself stops programs that are not allowed. Ask IT to look at it.',
    es: 'Havendesk no puede saber si este equipo detiene por sí mismo los programas no permitidos. Pida a TI que lo revise.'
  },
  'remedy.application-control.off': {
    en: 'This computer does not itself stop programs that are not allowed. Ask IT to turn that on.',
    es: 'Este equipo no detiene por sí mismo los programas no permitidos. Pida a TI que lo active.'
  },
  'remedy.application-control.noting': {
    en: 'This computer only notes programs that are not allowed, and lets them run. Ask IT for the rules that stop them.',
    es: 'Este equipo solo anota los programas no permitidos y los deja funcionar. Pida a TI las reglas que los detienen.'
  },
  'remedy.application-control.other': {
    en: 'This computer has other rules for programs than your organisation’s of today. Ask IT for the newest ones.',
    es: 'Este equipo tiene otras reglas de programas que las actuales de su organización. Pida a TI las más nuevas.'
  },
  'remedy.application-control.restart': {
    en: 'The rules for programs changed after this computer started. Restart it; if this stays, call IT.',
    es: 'Las reglas de programas cambiaron después de arrancar este equipo. Reinícielo; si sigue así, llame a TI.'
  },
  'remedy.application-control.gap': {
    en: 'Programs in some places of this computer are not looked at by its own rules. Ask IT to include them.',
    es: 'Las reglas de este equipo no miran los programas de algunos lugares. Pida a TI que los incluya.'
  },
  'remedy.application-control.untold': {
    en: 'This computer cannot itself stop any of the programs that your organisation does not allow, because its rules name them in ways that the computer does not know. Ask IT for rules that it knows.',
    es: 'Este equipo no puede detener por sí mismo ninguno de los programas que su organización no permite, porque las reglas los nombran de formas que el equipo no conoce. Pida a TI reglas que conozca.'
  },
  'remedy.application-control.impossible': {
    en: 'Your organisation’s rules for programs cannot be given to the computer itself as they are. Ask IT to look at them.',
    es: 'Las reglas de programas de su organización no se pueden dar al equipo tal como están. Pida a TI que las revise.'
  },

  'remedy.antivirus.unknown': {
    en: 'Havendesk cannot tell how the anti-virus is. Restart the computer; if it stays this way, call IT.',
    es: 'Havendesk no puede saber cómo está el antivirus. Reinicie el equipo; si sigue así, llame a TI.'
  },
  'remedy.antivirus.missing': {
    en: 'No anti-virus is installed. Ask IT to install it.',
    es: 'No hay antivirus instalado. Pida a TI que lo instale.'
  },
  'remedy.antivirus.not-running': {
    en: 'The anti-virus is off. Turn it on, or restart the computer.',
    es: 'El antivirus está apagado. Enciéndalo o reinicie el equipo.'
  },
  'remedy.antivirus.no-signatures': {
    en: 'The anti-virus has no list of known viruses. Let it update while you are online.',
    es: 'El antivirus no tiene lista de virus conocidos. Deje que se actualice con conexión a internet.'
  },
  'remedy.antivirus.stale': {
    en: 'The anti-virus’s list of known viruses is old. Let it update while you are online.',
    es: 'La lista de virus conocidos del antivirus es antigua. Deje que se actualice con conexión a internet.'
  },
  'remedy.antivirus.unsigned': {
    en: 'The anti-virus’s list does not come from its maker. Call IT.',
    es: 'La lista del antivirus no viene de su fabricante. Llame a TI.'
  },

  'remedy.firewall.unknown': {
    en: 'Havendesk cannot see the firewall without its system service. Ask IT to install or update the service.',
    es: 'Havendesk no puede ver el cortafuegos sin su servicio del sistema. Pida a TI que lo instale o actualice.'
  },
  'remedy.firewall.off': {
    en: 'Turn the firewall of this computer on, or ask IT to.',
    es: 'Encienda el cortafuegos de este equipo o pídalo a TI.'
  },
  'remedy.firewall.open': {
    en: 'The firewall lets everything in. Ask IT to set it so that it drops what nobody asked for.',
    es: 'El cortafuegos deja pasar todo. Pida a TI que lo configure para rechazar lo que nadie pidió.'
  },

  'remedy.disk-encryption.unknown': {
    en: 'Havendesk cannot tell whether the disk is encrypted. Ask IT to look at it.',
    es: 'Havendesk no puede saber si el disco está cifrado. Pida a TI que lo revise.'
  },
  'remedy.disk-encryption.plain': {
    en: 'A part of the disk is not encrypted. Ask IT to encrypt it.',
    es: 'Una parte del disco no está cifrada. Pida a TI que la cifre.'
  },
  'remedy.disk-encryption.suspended': {
    en: 'Disk encryption is on pause. Restart the computer; if it stays this way, ask IT to resume it.',
    es: 'El cifrado del disco está en pausa. Reinicie el equipo; si sigue así, pida a TI que lo reanude.'
  },
  'remedy.disk-encryption.converting': {
    en: 'The disk is being encrypted or decrypted. Leave the computer on until it is done, then look again.',
    es: 'El disco se está cifrando o descifrando. Deje el equipo encendido hasta que termine y vuelva a mirar.'
  },

  'remedy.screen-lock.unknown': {
    en: 'Havendesk cannot tell when the screen locks. Ask IT to look at the settings of your desktop.',
    es: 'Havendesk no puede saber cuándo se bloquea la pantalla. Pida a TI que revise los ajustes de su escritorio.'
  },
  'remedy.screen-lock.off': {
    en: 'Turn the screen lock on in the computer’s settings.',
    es: 'Active el bloqueo de pantalla en los ajustes del equipo.'
  },
  'remedy.screen-lock.late': {
    en: 'Let the screen lock sooner: shorten the time in the computer’s settings.',
    es: 'Haga que la pantalla se bloquee antes: acorte el tiempo en los ajustes del equipo.'
  },

  'remedy.secure-boot.unknown': {
    en: 'The computer does not say whether it starts securely. Ask IT to look at it.',
    es: 'El equipo no dice si arranca de forma segura. Pida a TI que lo revise.'
  },
  'remedy.secure-boot.off': {
    en: 'Secure boot is off. Ask IT to turn it on in the firmware.',
    es: 'El arranque seguro está apagado. Pida a TI que lo active en el firmware.'
  },
  'remedy.secure-boot.legacy': {
    en: 'This computer starts the old way, without secure boot. Ask IT for another one or a new set-up.',
    es: 'Este equipo arranca a la manera antigua, sin arranque seguro. Pida a TI otro o que lo configure de nuevo.'
  },

  'remedy.tpm.unknown': {
    en: 'Havendesk cannot tell whether there is a security chip. Ask IT to look at it.',
    es: 'Havendesk no puede saber si hay un chip de seguridad. Pida a TI que lo revise.'
  },
  'remedy.tpm.missing': {
    en: 'No security chip (TPM) was found. Ask IT to turn it on in the firmware, or for another computer.',
    es: 'No se encontró un chip de seguridad (TPM). Pida a TI que lo active en el firmware o que le dé otro equipo.'
  },
  'remedy.tpm.old': {
    en: 'The security chip (TPM) is of an old kind. Ask IT for another computer.',
    es: 'El chip de seguridad (TPM) es de un tipo antiguo. Pida a TI otro equipo.'
  },
  'remedy.tpm.off': {
    en: 'The security chip (TPM) is off. Ask IT to turn it on in the firmware.',
    es: 'El chip de seguridad (TPM) está apagado. Pida a TI que lo active en el firmware.'
  },

  'remedy.local-admin.unknown': {
    en: 'Havendesk cannot tell what your account may do. Ask IT to look at it.',
    es: 'Havendesk no puede saber qué permisos tiene su cuenta. Pida a TI que lo revise.'
  },
  'remedy.local-admin.is-admin': {
    en: 'Your account may change this computer. Ask IT for an ordinary account, and sign in with that one.',
    es: 'Su cuenta puede cambiar este equipo. Pida a TI una cuenta normal e inicie sesión con ella.'
  },

  'remedy.virtual-machine.unknown': {
    en: 'Havendesk cannot tell what this computer is. Ask IT to look at it.',
    es: 'Havendesk no puede saber qué es este equipo. Pida a TI que lo revise.'
  },
  'remedy.virtual-machine.is-virtual': {
    en: 'Havendesk runs inside a virtual machine. Start it on the computer itself.',
    es: 'Havendesk funciona dentro de una máquina virtual. Ábralo en el equipo mismo.'
  },

  'remedy.remote-control.unknown': {
    en: 'Havendesk cannot see which programs run. Ask IT to look at it.',
    es: 'Havendesk no puede ver qué programas están abiertos. Pida a TI que lo revise.'
  },
  'remedy.remote-control.found': {
    en: 'A program can show or steer this screen from elsewhere. Close it; if it comes back, ask IT to remove it.',
    es: 'Un programa puede mostrar o manejar esta pantalla desde otro lugar. Ciérrelo; si vuelve, pida a TI que lo quite.'
  },

  'remedy.remote-control.session': {
    en: 'This desktop was opened from another computer. Sign in at the computer itself; if you already do, tell IT.',
    es: 'Este escritorio se abrió desde otro equipo. Inicie sesión en el equipo mismo; si ya lo hace, avise a TI.'
  },

  'remedy.displays.unknown': {
    en: 'Havendesk cannot tell which displays are in use. Ask IT to look at it.',
    es: 'Havendesk no puede saber qué pantallas se usan. Pida a TI que lo revise.'
  },
  'remedy.displays.count': {
    en: 'More displays are connected than your team’s rules allow. Unplug one.',
    es: 'Hay más pantallas conectadas de las que permiten las reglas de su equipo de trabajo. Desconecte una.'
  },
  'remedy.displays.mirrored': {
    en: 'A display repeats another one. Turn mirroring off, or unplug it.',
    es: 'Una pantalla repite a otra. Desactive la duplicación o desconéctela.'
  },

  'remedy.usb-storage.unknown': {
    en: 'Havendesk cannot tell what is plugged in. Ask IT to look at it.',
    es: 'Havendesk no puede saber qué está conectado. Pida a TI que lo revise.'
  },
  'remedy.usb-storage.found': {
    en: 'Eject the USB drive and unplug it.',
    es: 'Expulse la memoria USB y desconéctela.'
  },

  'remedy.virtual-camera.unknown': {
    en: 'Havendesk cannot tell which cameras there are. Ask IT to look at it.',
    es: 'Havendesk no puede saber qué cámaras hay. Pida a TI que lo revise.'
  },
  'remedy.virtual-camera.found': {
    en: 'A program can stand in for the camera. Close it; if it stays, ask IT to remove it.',
    es: 'Un programa puede hacerse pasar por la cámara. Ciérrelo; si sigue, pida a TI que lo quite.'
  },

  'remedy.wifi.unknown': {
    en: 'Havendesk cannot tell how the Wi-Fi is protected. Use a cable, or ask IT to look at it.',
    es: 'Havendesk no puede saber cómo está protegida la wifi. Use un cable o pida a TI que lo revise.'
  },
  'remedy.wifi.weak': {
    en: 'This Wi-Fi is not protected well enough. Use one with WPA2 or WPA3, or a cable.',
    es: 'Esta wifi no está bien protegida. Use una con WPA2 o WPA3, o un cable.'
  },
  'remedy.wifi.not-listed': {
    en: 'This Wi-Fi is not on your team’s list. Use one that is, or a cable.',
    es: 'Esta wifi no está en la lista de su equipo de trabajo. Use una que lo esté, o un cable.'
  },

  'remedy.clock.unknown': {
    en: 'Havendesk cannot tell who sets the clock. Ask IT to look at it.',
    es: 'Havendesk no puede saber quién ajusta el reloj. Pida a TI que lo revise.'
  },
  'remedy.clock.not-synchronised': {
    en: 'Let the computer set its clock by itself: turn that on in its date settings.',
    es: 'Deje que el equipo ajuste su reloj por sí solo: actívelo en los ajustes de fecha.'
  }
} as const satisfies Area
