/** One benefit as an advocate needs it while somebody waits on the phone. All of it is invented sample text. */
export interface CoverageFact {
  readonly id: string
  readonly question: string
  /** Words that lead here. */
  readonly words: readonly string[]
  readonly verdict: 'Covered' | 'Covered with approval' | 'Not covered'
  /** One sentence to read aloud. */
  readonly say: string
  readonly details: readonly (readonly [label: string, value: string])[]
  readonly source: string
}

export const coverageFacts: readonly CoverageFact[] = [
  {
    id: 'test-strips',
    question: 'Are test strips covered?',
    words: ['test', 'strip', 'strips', 'glucose', 'sugar', 'meter', 'supplies', 'diabetic'],
    verdict: 'Covered',
    say: 'Yes. Your plan covers diabetic test strips at no cost to you when you use a preferred brand at a network pharmacy.',
    details: [
      ['You pay', '$0 for a preferred brand, 20% for any other brand'],
      ['Quantity limit', 'Without insulin: 100 strips every 90 days. With insulin: 300 strips every 90 days'],
      ['This member', 'No insulin on file, so 100 strips every 90 days'],
      ['More than the limit', 'The doctor sends a quantity exception (form Q-12). Answer within 72 hours'],
      ['Where', 'Network pharmacy or mail order, with a prescription from the last 12 months'],
      ['Also covered', 'Lancets (same limits), one meter every 2 years, control solution']
    ],
    source: 'Evidence of coverage, sample text, chapter 4: Diabetes supplies'
  },
  {
    id: 'foot-exam',
    question: 'How many foot exams a year?',
    words: ['foot', 'feet', 'exam', 'exams', 'podiatry', 'podiatrist'],
    verdict: 'Covered',
    say: 'Your plan covers two foot exams a year, at least six months apart. You have used one, so we can book the second now.',
    details: [
      ['You pay', '$0 at a network clinic'],
      ['Limit', 'Two in a plan year, at least six months apart'],
      ['Referral', 'Not needed: diabetes is on file'],
      ['Bring', 'Member card, list of medicines, the shoes worn most often']
    ],
    source: 'Evidence of coverage, sample text, chapter 4: Foot care'
  },
  {
    id: 'cgm',
    question: 'Is a continuous glucose monitor covered?',
    words: ['continuous', 'monitor', 'cgm', 'sensor', 'glucose'],
    verdict: 'Covered with approval',
    say: 'A continuous glucose monitor can be covered. Your doctor asks us for approval first, and we answer within 72 hours.',
    details: [
      ['You pay', '20% after approval'],
      ['Approval', 'Prior approval by the doctor (form P-07)'],
      ['Needed', 'On insulin, or low blood sugar on record in the last six months'],
      ['Quantity limit', 'Sensors for 30 days at a time']
    ],
    source: 'Evidence of coverage, sample text, chapter 4: Diabetes supplies'
  },
  {
    id: 'eye-exam',
    question: 'Is the yearly eye exam covered?',
    words: ['eye', 'eyes', 'vision', 'retina', 'retinal'],
    verdict: 'Covered',
    say: 'Yes. One dilated eye exam a year is covered at no cost to you, because diabetes is on file.',
    details: [
      ['You pay', '$0 at a network eye doctor'],
      ['Limit', 'One dilated retinal exam in a plan year'],
      ['This member', 'Not used this plan year']
    ],
    source: 'Evidence of coverage, sample text, chapter 4: Vision'
  },
  {
    id: 'shoes',
    question: 'Are diabetic shoes covered?',
    words: ['shoe', 'shoes', 'insert', 'inserts', 'therapeutic'],
    verdict: 'Covered with approval',
    say: 'One pair of therapeutic shoes a year is covered when the doctor who treats your diabetes certifies the need.',
    details: [
      ['You pay', '20%'],
      ['Limit', 'One pair and three pairs of inserts in a plan year'],
      ['Approval', 'Statement by the treating doctor (form S-03)']
    ],
    source: 'Evidence of coverage, sample text, chapter 4: Foot care'
  },
  {
    id: 'rides',
    question: 'Does the plan pay for a ride to the clinic?',
    words: ['ride', 'rides', 'transport', 'transportation', 'taxi', 'bus'],
    verdict: 'Covered',
    say: 'Yes. Your plan includes 24 one-way rides a year to places of care. Please ask two days ahead.',
    details: [
      ['You pay', '$0'],
      ['Limit', '24 one-way rides in a plan year, up to 50 miles each'],
      ['This member', '20 rides left']
    ],
    source: 'Evidence of coverage, sample text, chapter 4: Transportation'
  }
]

/** The fact that shares most words with the question; null when none does. */
export function findFact(question: string): CoverageFact | null {
  const asked = new Set(question.toLowerCase().match(/[a-z]+/g) ?? [])
  const scored = coverageFacts.map((fact) => ({
    fact,
    score: fact.words.filter((word) => asked.has(word)).length + (fact.question === question ? 10 : 0)
  }))
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one))
  return best.score > 0 ? best.fact : null
}
