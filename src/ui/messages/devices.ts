import type { Area } from './message'

/** IT's page about computers: the list, what fails where, published rules, tickets. */
export const devices = {
  'nav.devices': { en: 'Devices', es: 'Equipos' },
  'devices.title': { en: 'Devices', es: 'Equipos' },
  'devices.intro': {
    en: 'The computers of all teams of {organisation}.',
    es: 'Los equipos de todos los grupos de {organisation}.'
  },
  'devices.part.devices': { en: 'Devices', es: 'Equipos' },
  'devices.part.posture': { en: 'Posture', es: 'Cumplimiento' },
  'devices.part.builds': { en: 'Builds', es: 'Compilaciones' },
  'devices.part.policies': { en: 'Policies', es: 'Directivas' },
  'devices.part.tickets': { en: 'Enrolment', es: 'Inscripción' },
  'devices.parts': { en: 'Parts of this page', es: 'Partes de esta página' },

  'devices.search': { en: 'Search', es: 'Buscar' },
  'devices.search.hint': {
    en: 'Label, team, computer name or id',
    es: 'Nombre, grupo, ordenador o id'
  },
  'devices.showAll': { en: 'Also those shut out', es: 'También los excluidos' },
  'devices.onlyCheck': {
    en: 'Only where this does not pass: {check}',
    es: 'Solo donde esto no se cumple: {check}'
  },
  'devices.allChecks': { en: 'Show all again', es: 'Mostrar todos' },
  'devices.count': {
    en: '{count, plural, one {# device} other {# devices}}',
    es: '{count, plural, one {# equipo} other {# equipos}}'
  },
  'devices.builds.title': { en: 'Builds of the client', es: 'Compilaciones del cliente' },
  'devices.builds.intro': {
    en: 'A build on this list counts as the program that IT gave out. Nothing is put on the list here: whoever can open a session of yours could otherwise have any program believed. A build is allowed at the hub, by this command:',
    es: 'Una compilación de esta lista cuenta como el programa que entregó TI. Aquí no se añade ninguna: quien pudiera abrir una sesión suya haría creer en cualquier programa. Una compilación se permite en el centro, con esta orden:'
  },
  'devices.builds.none': {
    en: 'No build is on the list, and no desk has attested yet.',
    es: 'No hay compilaciones en la lista y ningún puesto ha atestado aún.'
  },
  'devices.builds.required': {
    en: 'Desks have to attest with a build of this list before anybody signs in.',
    es: 'Los puestos deben atestar con una compilación de esta lista antes de que alguien inicie sesión.'
  },
  'devices.builds.reported': {
    en: 'Desks report their build; one that is not on the list can still work. “havendesk org attestation” asks for more.',
    es: 'Los puestos informan de su compilación; una que no está en la lista puede seguir trabajando. «havendesk org attestation» exige más.'
  },
  'devices.builds.label': { en: 'Build', es: 'Compilación' },
  'devices.builds.state': { en: 'State', es: 'Estado' },
  'devices.builds.hash': { en: 'SHA-256', es: 'SHA-256' },
  'devices.builds.when': { en: 'When and by whom', es: 'Cuándo y quién' },
  'devices.builds.desks': { en: 'Attested last at', es: 'Última atestación en' },
  'devices.builds.act': { en: 'Act', es: 'Acción' },
  'devices.builds.state.allowed': { en: 'Allowed', es: 'Permitida' },
  'devices.builds.state.withdrawn': { en: 'Withdrawn', es: 'Retirada' },
  'devices.builds.state.unlisted': { en: 'Not on the list', es: 'Fuera de la lista' },
  'devices.builds.allowed': {
    en: 'Allowed {time}, the command line',
    es: 'Permitida {time}, la línea de órdenes'
  },
  'devices.builds.withdrawn': { en: 'Withdrawn {time}, {by}', es: 'Retirada {time}, {by}' },
  'devices.builds.command': { en: 'the command line', es: 'la línea de órdenes' },
  'devices.builds.refused': {
    en: '{count, plural, one {refused at # device} other {refused at # devices}}',
    es: '{count, plural, one {rechazada en # equipo} other {rechazada en # equipos}}'
  },
  'devices.builds.seen': { en: 'says it is {version}', es: 'dice ser {version}' },
  'devices.builds.withdraw': { en: 'Withdraw', es: 'Retirar' },
  'devices.builds.withdraw.ask': {
    en: '{label} is taken off the list. It attested last at: {desks}. From their next attestation on they count as a program that is not on the list; where desks have to attest, nobody can sign in there then. Only the command line puts it back.',
    es: '{label} sale de la lista. Su última atestación fue en: {desks}. Desde su próxima atestación cuentan como un programa fuera de la lista; donde los puestos deben atestar, nadie podrá entonces iniciar sesión. Solo la línea de órdenes la devuelve.'
  },

  'devices.page': { en: 'Page {page} of {pages}', es: 'Página {page} de {pages}' },
  'devices.page.earlier': { en: 'Previous page', es: 'Página anterior' },
  'devices.page.later': { en: 'Next page', es: 'Página siguiente' },
  'devices.none': {
    en: 'No computer is enrolled yet. Make a ticket under Enrolment, and hand it to a workstation.',
    es: 'Todavía no hay equipos inscritos. Cree un vale en Inscripción y entréguelo a un puesto.'
  },
  'devices.noneFound': {
    en: 'Nothing fits. Change the search, or show those shut out as well.',
    es: 'Nada coincide. Cambie la búsqueda o muestre también los excluidos.'
  },
  'devices.column.label': { en: 'Device', es: 'Equipo' },
  'devices.column.team': { en: 'Team', es: 'Grupo' },
  'devices.column.key': { en: 'Key', es: 'Clave' },
  'devices.column.trust': { en: 'Attestation', es: 'Atestación' },
  'devices.column.heard': { en: 'Last heard', es: 'Último contacto' },
  'devices.column.version': { en: 'Client', es: 'Cliente' },
  'devices.column.policy': { en: 'Policy', es: 'Directiva' },
  'devices.column.problems': { en: 'Does not pass', es: 'No se cumple' },
  'devices.column.act': { en: 'Act', es: 'Acción' },
  'devices.simulated': { en: 'simulated', es: 'simulado' },
  'devices.key.tpm': { en: 'TPM', es: 'TPM' },
  'devices.key.keychain': { en: 'Keychain', es: 'Llavero' },
  'devices.trust.attested': { en: 'Attested', es: 'Atestado' },
  'devices.trust.reported': { en: 'Program not on the list', es: 'Programa fuera de la lista' },
  'devices.trust.unattested': { en: 'Not attested', es: 'Sin atestar' },
  'devices.trust.unproven': { en: 'Has to attest, does not', es: 'Debe atestar y no lo hace' },
  'devices.trust.quarantined': { en: 'Quarantined', es: 'En cuarentena' },
  'devices.trust.revoked': { en: 'Shut out', es: 'Excluido' },
  'devices.heard.never': { en: 'never', es: 'nunca' },
  'devices.heard.silent': { en: 'silent', es: 'sin respuesta' },
  'devices.policy.none': { en: 'none yet', es: 'aún ninguna' },
  'devices.policy.behind': { en: '{version}, in force is {newest}', es: '{version}, la vigente es {newest}' },
  'devices.problems.none': { en: 'Everything passes', es: 'Todo se cumple' },
  'devices.problems.unknown': { en: 'Not known', es: 'Sin datos' },
  'devices.problems.more': { en: '{count} more', es: '{count} más' },
  'devices.problems.reported': { en: 'only reported', es: 'solo se informa' },

  'devices.revoke': { en: 'Shut out', es: 'Excluir' },
  'devices.revoke.ask': {
    en: 'Shut {label} out? Its session ends at once and the hub refuses it from now on. This can’t be undone: to use this computer again, enrol it with a new ticket.',
    es: '¿Excluir {label}? Su sesión termina enseguida y el centro lo rechaza desde ahora. No se puede deshacer: para volver a usar este equipo, inscríbalo con un vale nuevo.'
  },
  'devices.reason': { en: 'Why', es: 'Por qué' },
  'devices.reason.hint': {
    en: 'It is kept with your name.',
    es: 'Queda registrado con su nombre.'
  },
  'devices.reason.lost': { en: 'It is lost', es: 'Se perdió' },
  'devices.reason.stolen': { en: 'It was stolen', es: 'Fue robado' },
  'devices.reason.copied': { en: 'Its key was copied', es: 'Su clave fue copiada' },
  'devices.reason.replaced': { en: 'Another takes its place', es: 'Otro lo reemplaza' },
  'devices.reason.returned': { en: 'It was given back', es: 'Fue devuelto' },
  'devices.reason.other': { en: 'Something else', es: 'Otro motivo' },
  'devices.release': { en: 'Let in again', es: 'Readmitir' },
  'devices.release.ask': {
    en: 'Let {label} in again? The hub saw its key used twice. Do this only if you looked and there is no copy: a copy would be let in too. If there may be one, shut it out instead.',
    es: '¿Readmitir {label}? El centro vio su clave usada dos veces. Hágalo solo si lo revisó y no hay copia: una copia también entraría. Si puede haberla, exclúyalo.'
  },

  'devices.posture.title': { en: 'What fails where', es: 'Qué falla y dónde' },
  'devices.posture.counted': {
    en: 'Over {count, plural, one {# device} other {# devices}} that the hub hears and believes.',
    es: 'Sobre {count, plural, one {# equipo} other {# equipos}} que el centro oye y cree.'
  },
  'devices.posture.left': {
    en: '{silent} silent and {disbelieved} not believed: nothing that these said is counted.',
    es: '{silent} sin respuesta y {disbelieved} no creídos: nada de lo que dijeron se cuenta.'
  },
  'devices.posture.none': {
    en: 'No device has told its checks. They show here with the first report.',
    es: 'Ningún equipo ha informado. Aparecerán aquí con el primer informe.'
  },
  'devices.posture.check': { en: 'Check', es: 'Revisión' },
  'devices.posture.share': { en: 'Share', es: 'Proporción' },
  'devices.posture.fail': { en: 'Fails', es: 'No cumple' },
  'devices.posture.unproven': { en: 'Not proven', es: 'Sin probar' },
  'devices.posture.pass': { en: 'Passes', es: 'Cumple' },
  'devices.posture.show': { en: 'Show devices', es: 'Ver equipos' },

  'devices.policies.title': { en: 'Published policies', es: 'Directivas publicadas' },
  'devices.policies.offline': {
    en: 'Nothing is signed or published here. IT’s key signs a policy away from this hub, with havendesk policy sign; desks believe that signature and not the hub.',
    es: 'Aquí no se firma ni se publica nada. La clave de TI firma la directiva fuera de este centro, con havendesk policy sign; los puestos creen esa firma y no al centro.'
  },
  'devices.policies.none': {
    en: 'No policy is published yet. Sign one with IT’s key and publish it with havendesk policy publish: until then no computer can be enrolled.',
    es: 'Aún no hay directivas. Firme una con la clave de TI y publíquela con havendesk policy publish: hasta entonces no se puede inscribir ningún equipo.'
  },
  'devices.policies.version': { en: 'Version', es: 'Versión' },
  'devices.policies.state': { en: 'State', es: 'Estado' },
  'devices.policies.state.in-force': { en: 'In force', es: 'Vigente' },
  'devices.policies.state.waiting': { en: 'Waits for a snapshot', es: 'Espera una instantánea' },
  'devices.policies.state.past': { en: 'Past', es: 'Anterior' },
  'devices.policies.state.disowned': {
    en: 'Not vouched for by the newest root',
    es: 'La raíz más nueva no la respalda'
  },
  'devices.policies.published': { en: 'Published', es: 'Publicada' },
  'devices.policies.expires': { en: 'Expires', es: 'Vence' },
  'devices.policies.expired': { en: 'expired', es: 'vencida' },
  'devices.policies.unreadable': { en: 'not readable here', es: 'no se puede leer aquí' },
  'devices.policies.signers': { en: 'Signed by key', es: 'Firmada con la clave' },
  'devices.policies.signer.not': { en: 'doesn’t count', es: 'no cuenta' },
  'devices.policies.desks': { en: 'In force at', es: 'Vigente en' },
  'devices.root': { en: 'Whose signatures count', es: 'Qué firmas cuentan' },
  'devices.root.none': {
    en: 'This organisation trusts no policy key yet. Do havendesk keys trust first.',
    es: 'Esta organización aún no confía en ninguna clave. Haga primero havendesk keys trust.'
  },
  'devices.root.single': {
    en: 'A single key, from before roots',
    es: 'Una sola clave, anterior a las raíces'
  },
  'devices.root.version': { en: 'Root {version}, until {until}', es: 'Raíz {version}, hasta {until}' },
  'devices.root.threshold': {
    en: '{count, plural, one {# of these keys has to sign a policy:} other {# of these keys have to sign a policy:}}',
    es: '{count, plural, one {# de estas claves debe firmar una directiva:} other {# de estas claves deben firmar una directiva:}}'
  },
  'devices.snapshot': { en: 'Snapshot', es: 'Instantánea' },
  'devices.snapshot.not-asked': {
    en: 'The root asks for none: the newest policy is in force.',
    es: 'La raíz no pide ninguna: rige la directiva más nueva.'
  },
  'devices.snapshot.missing': {
    en: 'The root asks for one, and there is none that it vouches for. Sign and publish one: desks take nothing new without it.',
    es: 'La raíz pide una y no hay ninguna que respalde. Firme y publique una: sin ella los puestos no toman nada nuevo.'
  },
  'devices.snapshot.good': {
    en: 'Snapshot {version} names policy {policy}. It is good until {until}.',
    es: 'La instantánea {version} nombra la directiva {policy}. Vale hasta {until}.'
  },
  'devices.snapshot.expired': {
    en: 'Snapshot {version} names policy {policy} and expired at {until}. Sign and publish a new one.',
    es: 'La instantánea {version} nombra la directiva {policy} y venció el {until}. Firme y publique una nueva.'
  },

  'devices.tickets.title': { en: 'Open tickets', es: 'Vales abiertos' },
  'devices.tickets.intro': {
    en: 'A ticket enrols one computer once. Whoever holds it can do that, so hand it over safely.',
    es: 'Un vale inscribe un equipo una vez. Quien lo tenga puede hacerlo, así que entréguelo con cuidado.'
  },
  'devices.tickets.none': {
    en: 'No ticket is open. Make one for each computer to be enrolled.',
    es: 'No hay vales abiertos. Cree uno por cada equipo que se vaya a inscribir.'
  },
  'devices.ticket.new': { en: 'New ticket', es: 'Vale nuevo' },
  'devices.ticket.make': { en: 'Make the ticket', es: 'Crear el vale' },
  'devices.ticket.label': { en: 'Label', es: 'Nombre' },
  'devices.ticket.label.hint': {
    en: 'What the console will call the computer',
    es: 'Cómo llamará la consola al equipo'
  },
  'devices.ticket.team': { en: 'Team', es: 'Grupo' },
  'devices.ticket.for': { en: 'Who may sign in at it', es: 'Quién podrá iniciar sesión' },
  'devices.ticket.for.one': { en: 'One advocate only', es: 'Solo un asesor' },
  'devices.ticket.for.shared': {
    en: 'Every advocate of the organisation',
    es: 'Cualquier asesor de la organización'
  },
  'devices.ticket.person': { en: 'E-mail of the advocate', es: 'Correo del asesor' },
  'devices.ticket.hours': { en: 'Good for', es: 'Válido por' },
  'devices.ticket.hours.count': {
    en: '{count, plural, one {# hour} other {# hours}}',
    es: '{count, plural, one {# hora} other {# horas}}'
  },
  'devices.ticket.hub': { en: 'Address of the hub', es: 'Dirección del centro' },
  'devices.ticket.hub.hint': {
    en: 'As the computer reaches it, with its port. The hub’s certificate is good for {hosts}.',
    es: 'Tal como la alcanza el equipo, con su puerto. El certificado del centro vale para {hosts}.'
  },
  'devices.ticket.made': { en: 'Made', es: 'Creado' },
  'devices.ticket.made.by': { en: '{time}, {by}', es: '{time}, {by}' },
  'devices.ticket.made.command': { en: 'the command line', es: 'línea de órdenes' },
  'devices.ticket.expires': { en: 'Good until', es: 'Válido hasta' },
  'devices.ticket.person.any': { en: 'every advocate', es: 'cualquier asesor' },
  'devices.ticket.act': { en: 'Act', es: 'Acción' },
  'devices.ticket.withdraw': { en: 'Withdraw', es: 'Retirar' },
  'devices.ticket.withdraw.ask': {
    en: 'Withdraw the ticket for {label}? It enrols nothing from now on. This can’t be undone.',
    es: '¿Retirar el vale de {label}? Desde ahora no inscribe nada. No se puede deshacer.'
  },
  'devices.ticket.refused.person': {
    en: 'This team has no advocate with that e-mail. Look at how it is written.',
    es: 'Este grupo no tiene ningún asesor con ese correo. Revise cómo está escrito.'
  },
  'devices.ticket.refused.address': {
    en: 'The hub’s certificate isn’t good for that address. Use one of the names above.',
    es: 'El certificado del centro no vale para esa dirección. Use uno de los nombres de arriba.'
  },
  'devices.ticket.refused.conflict': {
    en: 'No ticket can be made now: the organisation trusts no policy key yet, or too many tickets are open.',
    es: 'Ahora no se puede crear ninguno: la organización aún no confía en ninguna clave, o hay demasiados vales abiertos.'
  },
  'devices.ticket.refused.team': {
    en: 'Your organisation has no such team any more. Open this page anew.',
    es: 'Su organización ya no tiene ese grupo. Abra esta página de nuevo.'
  },
  'devices.ticket.once': {
    en: 'Save this ticket now. It is shown this once, and enrols one computer until {until}.',
    es: 'Guarde este vale ahora. Solo se muestra esta vez e inscribe un equipo hasta {until}.'
  },
  'devices.ticket.once.title': { en: 'Ticket for {label}', es: 'Vale para {label}' },
  'devices.ticket.once.save': { en: 'Save the ticket', es: 'Guardar el vale' },
  'devices.ticket.once.done': { en: 'I have saved it', es: 'Ya lo he guardado' },
  'devices.ticket.once.pinned': {
    en: 'The computer will trust root {root} with these keys. They come from the hub, so compare them with your own before you hand the ticket over:',
    es: 'El equipo confiará en la raíz {root} con estas claves. Vienen del centro: compárelas con las suyas antes de entregar el vale.'
  }
} as const satisfies Area
