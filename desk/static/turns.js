// In which order this agent is to take those who wait: whoever was promised them comes first.

/** Whether somebody has come for a colleague who is there. */
export const forColleague = (entry, me) => Boolean(entry.appointment_with) && entry.appointment_with !== me && entry.appointment_with_here;

/** Those who wait, in this agent's order; within each kind as the gateway has them. */
export function inMyOrder(waiting, me) {
  const rank = (entry) => (entry.appointment_with === me ? 0 : forColleague(entry, me) ? 2 : 1);
  return [...waiting].sort((one, other) => rank(one) - rank(other));
}
