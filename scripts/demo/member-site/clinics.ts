/** A clinic of the invented network. */
export interface Clinic {
  readonly id: string
  readonly name: string
  readonly where: string
  /** Hours and minutes at which it sees people for foot exams. */
  readonly times: readonly string[]
}

export const clinics: readonly Clinic[] = [
  {
    id: 'north',
    name: 'Demo Foot Clinic, North',
    where: '2.1 miles · step-free · parking',
    times: ['08:40', '10:20', '14:00']
  },
  {
    id: 'river',
    name: 'Demo Podiatry, Riverside',
    where: '3.4 miles · step-free · bus 12',
    times: ['09:15', '11:45', '15:30']
  },
  {
    id: 'elm',
    name: 'Demo Family Clinic, Elm Street',
    where: '5.0 miles · stairs · Spanish spoken',
    times: ['08:00', '13:10', '16:20']
  }
]

/** One time that can be booked. */
export interface Slot {
  readonly id: string
  readonly clinic: Clinic
  /** Local time at the clinic. */
  readonly at: Date
}

const DAY_MS = 86_400_000

/** Free times of each clinic on its next working days, counted from `now`. */
export function freeSlots(now: Date): readonly Slot[] {
  const day = workdaysAfter(now, 3)
  return clinics.flatMap((clinic, place) =>
    clinic.times.flatMap((time, order) => {
      const on = day[(place + order) % day.length]
      return on === undefined ? [] : [slotOf(clinic, on, time)]
    })
  )
}

function slotOf(clinic: Clinic, day: Date, time: string): Slot {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const at = new Date(day)
  at.setHours(hours, minutes, 0, 0)
  return { id: `${clinic.id}-${at.getMonth() + 1}-${at.getDate()}-${time.replace(':', '')}`, clinic, at }
}

function workdaysAfter(now: Date, count: number): readonly Date[] {
  const days: Date[] = []
  for (let ahead = 2; days.length < count; ahead += 1) {
    const day = new Date(now.getTime() + ahead * DAY_MS)
    if (day.getDay() !== 0 && day.getDay() !== 6) days.push(day)
  }
  return days
}

/** "Tue, Nov 24, 8:40 AM" */
export const slotText = (at: Date): string =>
  at.toLocaleString('en-US', {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit'
  })

/** "Nov 24, 2026" */
export const dateText = (at: Date): string =>
  at.toLocaleDateString('en-US', { month: 'short', day: 'numeric', year: 'numeric' })
