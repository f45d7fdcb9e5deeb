import type { Area } from './message'

/** What mends a VPN that does not count, by why it does not. `.title` says what is wrong, the rest what to do. */
export const vpn = {
  'remedy.vpn.no-interface.title': { en: 'The VPN is not connected.', es: 'La VPN no está conectada.' },
  'remedy.vpn.no-interface': {
    en: 'Open your VPN app and connect.',
    es: 'Abra su VPN y conéctela.'
  },
  'remedy.vpn.interface-down.title': { en: 'The VPN is not connected.', es: 'La VPN no está conectada.' },
  'remedy.vpn.interface-down': {
    en: 'Open your VPN app and connect.',
    es: 'Abra su VPN y conéctela.'
  },
  'remedy.vpn.wrong-kind.title': {
    en: 'The connection in the VPN’s place is no VPN.',
    es: 'La conexión en lugar de la VPN no es una VPN.'
  },
  'remedy.vpn.wrong-kind': {
    en: 'Call IT and read them the line below.',
    es: 'Llame a TI y lea la línea de abajo.'
  },
  'remedy.vpn.leak.title': {
    en: 'Some of your work would go round the VPN.',
    es: 'Parte de su trabajo saldría fuera de la VPN.'
  },
  'remedy.vpn.leak': {
    en: 'Disconnect other networks and VPNs, then connect the VPN again. If it stays this way, call IT.',
    es: 'Desconecte otras redes y VPN y conecte la VPN de nuevo. Si sigue así, llame a TI.'
  },
  'remedy.vpn.second-route.title': {
    en: 'A second network could carry your work round the VPN.',
    es: 'Una segunda red podría llevar su trabajo fuera de la VPN.'
  },
  'remedy.vpn.second-route': {
    en: 'Disconnect the other network, such as a phone’s hotspot, then connect the VPN again.',
    es: 'Desconecte la otra red, por ejemplo la de un teléfono, y conecte la VPN de nuevo.'
  },
  'remedy.vpn.no-route.title': {
    en: 'The VPN is connected but carries nothing.',
    es: 'La VPN está conectada pero no lleva nada.'
  },
  'remedy.vpn.no-route': {
    en: 'Disconnect the VPN and connect it again. If it stays this way, call IT.',
    es: 'Desconecte la VPN y conéctela de nuevo. Si sigue así, llame a TI.'
  },
  'remedy.vpn.handshake-unknown.title': {
    en: 'The state of the VPN cannot be read.',
    es: 'No se puede leer el estado de la VPN.'
  },
  'remedy.vpn.handshake-unknown': {
    en: 'Restart the computer. If it stays this way, ask IT to install the system service.',
    es: 'Reinicie el equipo. Si sigue así, pida a TI que instale el servicio del sistema.'
  },
  'remedy.vpn.no-handshake.title': {
    en: 'The far end of the VPN does not answer.',
    es: 'El otro extremo de la VPN no responde.'
  },
  'remedy.vpn.no-handshake': {
    en: 'Check your internet, then disconnect the VPN and connect it again.',
    es: 'Revise su internet, luego desconecte la VPN y conéctela de nuevo.'
  },
  'remedy.vpn.no-traffic.title': {
    en: 'The VPN is connected but no answers come back.',
    es: 'La VPN está conectada pero no llegan respuestas.'
  },
  'remedy.vpn.no-traffic': {
    en: 'Check your internet, then disconnect the VPN and connect it again.',
    es: 'Revise su internet, luego desconecte la VPN y conéctela de nuevo.'
  },
  'remedy.vpn.unreadable.title': {
    en: 'This computer’s network cannot be read.',
    es: 'No se puede leer la red de este equipo.'
  },
  'remedy.vpn.unreadable': {
    en: 'Restart the computer. If it stays this way, call IT and read them the line below.',
    es: 'Reinicie el equipo. Si sigue así, llame a TI y lea la línea de abajo.'
  },
  'remedy.vpn.waiting.title': { en: 'The VPN is being checked.', es: 'Se está revisando la VPN.' },
  'remedy.vpn.waiting': { en: 'Wait a moment.', es: 'Espere un momento.' }
} as const satisfies Area
