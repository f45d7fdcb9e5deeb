import type { Area } from './message'

/** Texts of signing in with more than a password, and of one's own account. */
export const account = {
  'account.title': { en: 'Your account', es: 'Su cuenta' },
  'account.must': {
    en: 'Your organisation asks for a second factor. Set up an app or a passkey, and everything opens.',
    es: 'Su organización pide un segundo factor. Configure una aplicación o una llave de acceso y todo se abrirá.'
  },
  'account.weak': {
    en: 'You have a second factor that was not shown in this session. Sign out, then sign in with your passkey or code.',
    es: 'Tiene un segundo factor que no se mostró en esta sesión. Cierre la sesión y entre con su llave de acceso o su código.'
  },
  'account.goOn': { en: 'Go on to the console', es: 'Continuar a la consola' },
  'account.app': { en: 'Authenticator app', es: 'Aplicación de autenticación' },
  'account.app.none': {
    en: 'No app is set up. With one, your password alone lets nobody in.',
    es: 'No hay ninguna aplicación. Con una, su contraseña sola no deja entrar a nadie.'
  },
  'account.app.on': {
    en: 'In use since {since}. Recovery codes left: {left}.',
    es: 'En uso desde {since}. Códigos de recuperación restantes: {left}.'
  },
  'account.app.begin': { en: 'Set up an app', es: 'Configurar una aplicación' },
  'account.app.scan': {
    en: 'Scan this with your app, or type the key into it. Then enter the code that it shows.',
    es: 'Escanéelo con su aplicación o escriba la clave en ella. Después escriba el código que muestra.'
  },
  'account.app.picture': { en: 'QR code of the key', es: 'Código QR de la clave' },
  'account.app.key': { en: 'Key', es: 'Clave' },
  'account.app.confirm': { en: 'Confirm the code', es: 'Confirmar el código' },
  'account.app.remove': { en: 'Give the app up', es: 'Quitar la aplicación' },
  'account.app.codes': { en: 'New recovery codes', es: 'Nuevos códigos de recuperación' },
  'account.codes': {
    en: 'Keep these ten codes on paper. Each lets you in once when your app is gone. They are shown only now.',
    es: 'Guarde estos diez códigos en papel. Cada uno le deja entrar una vez si pierde la aplicación. Solo se muestran ahora.'
  },
  'account.codes.kept': { en: 'I have kept them', es: 'Los he guardado' },
  'account.code': { en: 'Code', es: 'Código' },
  'account.passkeys': { en: 'Passkeys', es: 'Llaves de acceso' },
  'account.passkeys.none': {
    en: 'No passkey yet. One lets you in with your finger or your device’s PIN.',
    es: 'Aún no hay llaves. Una le deja entrar con su huella o el PIN de su dispositivo.'
  },
  'account.passkeys.name': { en: 'Name of the passkey', es: 'Nombre de la llave' },
  'account.passkeys.add': { en: 'Make a passkey', es: 'Crear una llave de acceso' },
  'account.passkeys.rename': { en: 'Rename {name}', es: 'Cambiar el nombre de {name}' },
  'account.passkeys.remove': { en: 'Remove {name}', es: 'Quitar {name}' },
  'account.passkeys.used': { en: 'last used {at}', es: 'último uso: {at}' },
  'account.passkeys.unused': { en: 'not used yet', es: 'sin usar' },
  'account.providers': { en: 'Linked sign-ins', es: 'Accesos vinculados' },
  'account.providers.one': { en: '{host}, linked {at}', es: '{host}, vinculado {at}' },
  'account.providers.unlink': { en: 'Unlink {host}', es: 'Desvincular {host}' },
  'account.providers.ask': {
    en: 'That account at {host} signs in as you no longer, and your other sessions end. When somebody signs in there next, with your address verified, it is linked again.',
    es: 'Esa cuenta de {host} deja de entrar como usted y se cierran sus otras sesiones. Cuando alguien entre allí de nuevo con su dirección verificada, se vinculará otra vez.'
  },
  'account.providers.confirm': { en: 'Unlink', es: 'Desvincular' },
  'account.providers.unlinking': { en: 'Unlinking…', es: 'Desvinculando…' },
  'account.sessions': { en: 'Where you are signed in', es: 'Dónde tiene sesión abierta' },
  'account.sessions.own': { en: 'this browser', es: 'este navegador' },
  'account.sessions.since': { en: 'since {at}, ends by {until}', es: 'desde {at}, termina a las {until}' },
  'account.sessions.end': { en: 'End the session', es: 'Cerrar la sesión' },
  'account.method.password': { en: 'with a password', es: 'con contraseña' },
  'account.method.code': { en: 'with a password and a code', es: 'con contraseña y código' },
  'account.method.recovery-code': {
    en: 'with a password and a recovery code',
    es: 'con contraseña y código de recuperación'
  },
  'account.method.passkey': { en: 'with a passkey', es: 'con una llave de acceso' },
  'account.method.provider': { en: 'by your organisation’s sign-in', es: 'con el acceso de su organización' },
  'account.waiting': { en: 'People whose sign-in waits', es: 'Personas cuyo acceso está en espera' },
  'account.waiting.none': { en: 'Nobody’s sign-in waits.', es: 'No hay accesos en espera.' },
  'account.waiting.one': {
    en: '{name}: wrong tries {failures}, waits until {until}',
    es: '{name}: intentos fallidos {failures}, en espera hasta {until}'
  },
  'account.waiting.unlock': { en: 'Let {name} try again', es: 'Permitir otro intento a {name}' },
  'account.factors': { en: 'Second factors', es: 'Segundos factores' },
  'account.factors.has': { en: '{app}, passkeys: {passkeys}', es: '{app}, llaves de acceso: {passkeys}' },
  'account.factors.app': { en: 'app set up', es: 'aplicación configurada' },
  'account.factors.noApp': { en: 'no app', es: 'sin aplicación' },
  'account.factors.missing': { en: 'has to set one up', es: 'tiene que configurar uno' },
  'account.factors.reset': {
    en: 'Reset the second factor of {name}',
    es: 'Restablecer el segundo factor de {name}'
  },
  'account.factors.ask': {
    en: 'Their app, recovery codes, passkeys and links to a provider are taken away and their sessions end. Make sure that it is {name} who asks: call back, or see them.',
    es: 'Se quitan su aplicación, sus códigos, sus llaves y sus enlaces con un proveedor, y sus sesiones terminan. Asegúrese de que es {name} quien lo pide: devuelva la llamada o véale en persona.'
  },
  'account.factors.confirm': { en: 'Reset', es: 'Restablecer' },
  'account.factors.resetting': { en: 'Resetting…', es: 'Restableciendo…' },
  'account.failed.code': {
    en: 'That code isn’t right, or it was used already. Wait for the next one.',
    es: 'El código no es correcto o ya se usó. Espere al siguiente.'
  },
  'account.failed.again': {
    en: 'Sign out first, then in again, with your passkey or code if you have one. This is changed within 15 minutes of a sign-in.',
    es: 'Primero cierre la sesión y vuelva a entrar, con su llave de acceso o su código si los tiene. Esto se cambia en los 15 minutos tras entrar.'
  },
  'account.failed.app': {
    en: 'There is an app already. Give that one up first.',
    es: 'Ya hay una aplicación. Quite esa primero.'
  },
  'account.failed.appFirst': {
    en: 'That key is no longer waiting. Load the page again, and begin with a new one.',
    es: 'Esa clave ya no está pendiente. Vuelva a cargar la página y empiece con una nueva.'
  },
  'account.failed.lastApp': {
    en: 'Your organisation asks for a second factor. Make a passkey first.',
    es: 'Su organización pide un segundo factor. Cree una llave de acceso primero.'
  },
  'account.failed.lastPasskey': {
    en: 'Your organisation asks for a second factor. Set another one up first.',
    es: 'Su organización pide un segundo factor. Configure otro primero.'
  },
  'account.failed.oneself': {
    en: 'Nobody does this for themselves. Ask somebody else to let you try again.',
    es: 'Nadie hace esto para sí. Pida a otra persona que le permita otro intento.'
  },
  'account.failed.resetOneself': {
    en: 'Nobody does this for themselves. Ask somebody else of IT.',
    es: 'Nadie hace esto para sí. Pídalo a otra persona del equipo técnico.'
  },
  'account.failed.passkey.full': {
    en: 'Ten passkeys are the most. Remove one first.',
    es: 'Diez llaves son el máximo. Quite una primero.'
  },
  'account.failed.passkey.inUse': {
    en: 'This device or key has a passkey here already.',
    es: 'Este dispositivo o llave ya tiene una llave de acceso aquí.'
  },
  'account.failed.passkey.late': {
    en: 'The passkey came too late, or wasn’t made for this page. Begin again.',
    es: 'La llave llegó tarde o no se creó para esta página. Empiece de nuevo.'
  },
  'account.failed.passkey.unknown': {
    en: 'This passkey isn’t known here, or it came too late. Try again, or use another way.',
    es: 'Esta llave no se conoce aquí o llegó tarde. Intente de nuevo o use otra forma.'
  },
  'account.failed.passkey': {
    en: 'No passkey came. Try again when your device is ready.',
    es: 'No llegó ninguna llave. Intente de nuevo cuando su dispositivo esté listo.'
  },
  'account.failed.tooMany': {
    en: 'Too many wrong tries. Wait up to 15 minutes, or ask your lead or IT to let you try again.',
    es: 'Demasiados intentos fallidos. Espere hasta 15 minutos o pida a su responsable o al equipo técnico que le permita otro intento.'
  },
  'signIn.passkey': { en: 'Use a passkey', es: 'Usar una llave de acceso' },
  'signIn.provider': { en: 'Continue with {label}', es: 'Continuar con {label}' },
  'signIn.refused.title': { en: 'That sign-in wasn’t taken', es: 'Ese acceso no se aceptó' },
  'signIn.refused.not-here': {
    en: 'Your provider knows you, and this console has nobody with your address.',
    es: 'Su proveedor le conoce, pero esta consola no tiene a nadie con su dirección.'
  },
  'signIn.refused.not-here.remedy': {
    en: 'Ask IT to add you, with the address that your provider has.',
    es: 'Pida al equipo técnico que le añada, con la dirección que tiene su proveedor.'
  },
  'signIn.refused.email-unverified': {
    en: 'Your provider doesn’t say that your e-mail address was verified.',
    es: 'Su proveedor no indica que su dirección de correo esté verificada.'
  },
  'signIn.refused.email-unverified.remedy': {
    en: 'Verify your address there, then try again.',
    es: 'Verifique allí su dirección e intente de nuevo.'
  },
  'signIn.refused.no-email': {
    en: 'Your provider didn’t tell your e-mail address.',
    es: 'Su proveedor no indicó su dirección de correo.'
  },
  'signIn.refused.no-email.remedy': {
    en: 'Allow it there to share your address, or ask IT.',
    es: 'Permita allí que comparta su dirección o pregunte al equipo técnico.'
  },
  'signIn.refused.shut-out': { en: 'Your account here is closed.', es: 'Su cuenta aquí está cerrada.' },
  'signIn.refused.shut-out.remedy': {
    en: 'Ask IT if you should have one.',
    es: 'Pregunte al equipo técnico si debería tenerla.'
  },
  'signIn.refused.linked': {
    en: 'Somebody signed in here with this address before, by another account of the provider.',
    es: 'Alguien ya entró aquí con esta dirección mediante otra cuenta del proveedor.'
  },
  'signIn.refused.linked.remedy': {
    en: 'Use the account that you used before. If it is gone, sign in another way and unlink it under “Your account”, or ask IT.',
    es: 'Use la cuenta que usó antes. Si ya no existe, entre de otra forma y desvincúlela en «Su cuenta», o pregunte al equipo técnico.'
  },
  'signIn.refused.too-late': {
    en: 'It began in another browser, took longer than ten minutes, or was used already.',
    es: 'Empezó en otro navegador, tardó más de diez minutos o ya se usó.'
  },
  'signIn.refused.too-late.remedy': {
    en: 'Begin again in this browser.',
    es: 'Empiece de nuevo en este navegador.'
  },
  'signIn.refused.not-proven': {
    en: 'Your provider didn’t confirm who you are, or it was stopped there.',
    es: 'Su proveedor no confirmó quién es usted o el acceso se detuvo allí.'
  },
  'signIn.refused.not-proven.remedy': {
    en: 'Try again. If it stays, use another way and tell IT.',
    es: 'Intente de nuevo. Si continúa, use otra forma y avise al equipo técnico.'
  },
  'signIn.refused.set-up': {
    en: 'This sign-in isn’t set up as it has to be. It isn’t your doing.',
    es: 'Este acceso no está configurado como debe. No es cosa suya.'
  },
  'signIn.refused.set-up.remedy': {
    en: 'Use another way, and tell IT.',
    es: 'Use otra forma y avise al equipo técnico.'
  },
  'signIn.refused.noted': {
    en: 'Nobody was signed in. IT’s record has that it was refused and why, without your address.',
    es: 'No se inició ninguna sesión. El registro del equipo técnico indica que se rechazó y por qué, sin su dirección.'
  },
  'signIn.refused.back': { en: 'Back to the sign-in', es: 'Volver al inicio de sesión' },
  'signIn.code.heading': { en: 'Enter your code', es: 'Escriba su código' },
  'signIn.code.intro': {
    en: 'Six digits from your app, or one of your recovery codes.',
    es: 'Seis dígitos de su aplicación o uno de sus códigos de recuperación.'
  },
  'signIn.code.back': { en: 'Begin again', es: 'Empezar de nuevo' }
} as const satisfies Area
