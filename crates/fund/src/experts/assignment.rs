//! Which expert judges which application: the assignment with the highest total, or why there is none.

use gouji_model::Lang;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// An expert who may judge an application: there is no conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Judging {
    /// The place of the application.
    pub application: u32,
    /// The place of the expert.
    pub expert: u32,
    /// How well their fields match; any number, the higher the better.
    pub score: i32,
}

/// A full assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Of each application, its experts, sorted.
    pub experts: Vec<Vec<u32>>,
    /// The sum of the scores; no assignment has a higher one.
    pub total: i64,
}

/// Why there is no full assignment: these applications need more than those who may judge them can take.
/// Without any one of the applications it would be no reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// The places of the applications.
    pub applications: Vec<u32>,
    /// The places of all experts who may judge any of them.
    pub experts: Vec<u32>,
    /// Judgings the applications need.
    pub needed: u64,
    /// Judgings these experts can give them.
    pub possible: u64,
}

/// Gives each of so many applications `each` experts, none of them more than `most` applications.
///
/// Of equal assignments the result is always the same. A pair that stands twice counts once, with its first score.
pub fn assign(applications: usize, each: u32, most: u32, allowed: &[Judging]) -> Result<Assignment, Shortage> {
    let mut allowed: Vec<Judging> = allowed.to_vec();
    allowed.sort_by_key(|judging| (judging.application, judging.expert));
    allowed.dedup_by_key(|judging| (judging.application, judging.expert));
    let experts = allowed.iter().map(|judging| judging.expert as usize + 1).max().unwrap_or(0);
    let mut network = Network::new(applications, experts, each, most, &allowed);
    if !network.fill() {
        return Err(network.shortage(each, most, &allowed));
    }
    network.improve();
    let mut chosen = vec![Vec::new(); applications];
    let mut total = 0;
    for (arc, judging) in allowed.iter().enumerate().filter(|(arc, _)| network.room[2 * arc] == 0) {
        debug_assert_eq!(network.heads[2 * arc] as usize, applications + judging.expert as usize);
        chosen[judging.application as usize].push(judging.expert);
        total += i64::from(judging.score);
    }
    Ok(Assignment { experts: chosen, total })
}

/// Applications, then experts, then the sink. The arc `2a` goes forward, `2a + 1` is the same arc backward.
struct Network {
    applications: usize,
    heads: Vec<u32>,
    room: Vec<i32>,
    costs: Vec<i64>,
    /// The arcs of each node stand together.
    starts: Vec<u32>,
    arcs: Vec<u32>,
    /// What a node has to give away.
    excess: Vec<i64>,
    prices: Vec<i64>,
}

/// By this the allowed distance from the best shrinks from round to round.
const SHRINK: i64 = 6;

impl Network {
    fn new(applications: usize, experts: usize, each: u32, most: u32, allowed: &[Judging]) -> Self {
        let (sink, nodes) = (applications + experts, applications + experts + 1);
        let mut network = Self {
            applications,
            heads: Vec::new(),
            room: Vec::new(),
            costs: Vec::new(),
            starts: vec![0; nodes + 1],
            arcs: Vec::new(),
            excess: vec![0; nodes],
            prices: vec![0; nodes],
        };
        let judgings = allowed.iter().map(|judging| {
            // Costs this much apart are told apart by the last round, whose distance from the best is one.
            let cost = -i64::from(judging.score) * (nodes as i64 + 1);
            (judging.application as usize, applications + judging.expert as usize, 1, cost)
        });
        let to_sink = (applications..sink).map(|expert| (expert, sink, i32::try_from(most).unwrap_or(i32::MAX), 0));
        let tails: Vec<u32> = judgings.chain(to_sink).fold(Vec::new(), |mut tails, (tail, head, room, cost)| {
            network.heads.extend([head as u32, tail as u32]);
            network.room.extend([room, 0]);
            network.costs.extend([cost, -cost]);
            tails.extend([tail as u32, head as u32]);
            tails
        });
        tails.iter().for_each(|&tail| network.starts[tail as usize + 1] += 1);
        for node in 0..nodes {
            network.starts[node + 1] += network.starts[node];
        }
        let mut next = network.starts.clone();
        network.arcs = vec![0; tails.len()];
        for (arc, &tail) in tails.iter().enumerate() {
            network.arcs[next[tail as usize] as usize] = arc as u32;
            next[tail as usize] += 1;
        }
        network.excess[..applications].fill(i64::from(each));
        network.excess[sink] = -i64::from(each) * applications as i64;
        network
    }

    fn sink(&self) -> usize {
        self.excess.len() - 1
    }

    fn span(&self, node: usize) -> std::ops::Range<usize> {
        self.starts[node] as usize..self.starts[node + 1] as usize
    }

    fn push(&mut self, arc: usize, amount: i32) {
        self.room[arc] -= amount;
        self.room[arc ^ 1] += amount;
    }

    /// Sends all that the applications need to the sink, whatever it costs; false when not all arrives.
    fn fill(&mut self) -> bool {
        loop {
            let levels = self.levels();
            if levels[self.sink()] == u32::MAX {
                return self.excess[..self.applications].iter().all(|&excess| excess == 0);
            }
            let mut next: Vec<usize> = (0..self.excess.len()).map(|node| self.starts[node] as usize).collect();
            for application in 0..self.applications {
                while self.excess[application] > 0 && self.send(application, &levels, &mut next) {
                    self.excess[application] -= 1;
                    let sink = self.sink();
                    self.excess[sink] += 1;
                }
            }
        }
    }

    /// Steps from the applications that still need experts to each node.
    fn levels(&self) -> Vec<u32> {
        let mut levels = vec![u32::MAX; self.excess.len()];
        let mut open: VecDeque<usize> = (0..self.applications).filter(|&node| self.excess[node] > 0).collect();
        open.iter().for_each(|&node| levels[node] = 0);
        while let Some(node) = open.pop_front() {
            for at in self.span(node) {
                let arc = self.arcs[at] as usize;
                let head = self.heads[arc] as usize;
                if self.room[arc] > 0 && levels[head] == u32::MAX {
                    levels[head] = levels[node] + 1;
                    open.push_back(head);
                }
            }
        }
        levels
    }

    /// Sends one from a node to the sink, level by level. Works with a list of its own: paths may be long.
    fn send(&mut self, from: usize, levels: &[u32], next: &mut [usize]) -> bool {
        let mut path: Vec<usize> = Vec::new();
        let mut node = from;
        while node != self.sink() {
            if next[node] == self.starts[node + 1] as usize {
                // A dead end: the arc that led here is done with.
                let Some(arc) = path.pop() else { return false };
                node = self.heads[arc ^ 1] as usize;
                next[node] += 1;
                continue;
            }
            let arc = self.arcs[next[node]] as usize;
            let head = self.heads[arc] as usize;
            if self.room[arc] > 0 && levels[head] == levels[node] + 1 {
                path.push(arc);
                node = head;
            } else {
                next[node] += 1;
            }
        }
        path.into_iter().for_each(|arc| self.push(arc, 1));
        true
    }

    /// Cost scaling after Goldberg and Tarjan: rounds of pushing and lowering prices, each closer to the best.
    fn improve(&mut self) {
        let mut distance =
            self.costs.iter().copied().max().unwrap_or(0).max(-self.costs.iter().copied().min().unwrap_or(0));
        while distance > 1 {
            distance = (distance / SHRINK).max(1);
            self.refine(distance);
        }
    }

    fn reduced(&self, node: usize, arc: usize) -> i64 {
        self.costs[arc] + self.prices[node] - self.prices[self.heads[arc] as usize]
    }

    /// Makes every arc with room cost at least minus the distance, prices counted, without any excess left.
    fn refine(&mut self, distance: i64) {
        for node in 0..self.excess.len() {
            for at in self.span(node) {
                let arc = self.arcs[at] as usize;
                if self.room[arc] > 0 && self.reduced(node, arc) < 0 {
                    self.give(node, arc, self.room[arc]);
                }
            }
        }
        let mut next: Vec<usize> = (0..self.excess.len()).map(|node| self.starts[node] as usize).collect();
        let mut active: VecDeque<usize> = (0..self.excess.len()).filter(|&node| self.excess[node] > 0).collect();
        while let Some(node) = active.pop_front() {
            self.discharge(node, distance, &mut next, &mut active);
        }
    }

    fn give(&mut self, node: usize, arc: usize, amount: i32) {
        self.push(arc, amount);
        self.excess[node] -= i64::from(amount);
        self.excess[self.heads[arc] as usize] += i64::from(amount);
    }

    fn discharge(&mut self, node: usize, distance: i64, next: &mut [usize], active: &mut VecDeque<usize>) {
        while self.excess[node] > 0 {
            if next[node] == self.starts[node + 1] as usize {
                self.lower(node, distance);
                next[node] = self.starts[node] as usize;
                continue;
            }
            let arc = self.arcs[next[node]] as usize;
            if self.room[arc] == 0 || self.reduced(node, arc) >= 0 {
                next[node] += 1;
                continue;
            }
            let head = self.heads[arc] as usize;
            let had_none = self.excess[head] <= 0;
            let amount = i64::from(self.room[arc]).min(self.excess[node]);
            self.give(node, arc, i32::try_from(amount).expect("not more than the room of an arc"));
            if had_none && self.excess[head] > 0 {
                active.push_back(head);
            }
        }
    }

    /// Lowers the price of a node until the cheapest of its arcs with room may be used.
    fn lower(&mut self, node: usize, distance: i64) {
        let open = self.span(node).map(|at| self.arcs[at] as usize).filter(|&arc| self.room[arc] > 0);
        let best = open.map(|arc| self.prices[self.heads[arc] as usize] - self.costs[arc]).max();
        // What came in can go back, so a node with excess has an arc with room.
        self.prices[node] = best.expect("a node with excess has an arc with room") - distance;
    }

    /// The smallest group that one application without enough experts leads to, made smaller while it is a reason.
    fn shortage(&self, each: u32, most: u32, allowed: &[Judging]) -> Shortage {
        let lacking = (0..self.applications).filter(|&application| self.excess[application] > 0);
        let groups = lacking.take(LOOKED_AT).map(|application| self.reached(application));
        let group = groups.min_by_key(|group| (group.len(), group[0])).expect("an application lacks an expert");
        let mut demand = Demand::new(each, most, &group, allowed);
        // What could not be dropped at first may be later, when others are gone.
        let mut before = usize::MAX;
        while demand.experts.len() < before {
            before = demand.experts.len();
            let left: Vec<u32> = demand.experts.keys().copied().collect();
            left.into_iter().for_each(|application| demand.drop_if_still_short(application));
        }
        Shortage {
            needed: demand.needed(),
            possible: demand.possible(),
            experts: demand.loads.keys().copied().collect(),
            applications: demand.experts.into_keys().collect(),
        }
    }

    /// The applications that hold what this one would need.
    fn reached(&self, from: usize) -> Vec<u32> {
        let mut seen = vec![false; self.excess.len()];
        let mut open = vec![from];
        seen[from] = true;
        while let Some(node) = open.pop() {
            for at in self.span(node) {
                let arc = self.arcs[at] as usize;
                let head = self.heads[arc] as usize;
                if self.room[arc] > 0 && head != self.sink() && !std::mem::replace(&mut seen[head], true) {
                    open.push(head);
                }
            }
        }
        (0..self.applications).filter(|&node| seen[node]).map(|node| node as u32).collect()
    }
}

/// Applications that lack experts and are looked at for the smallest reason.
const LOOKED_AT: usize = 200;

/// What a group of applications needs and can have.
struct Demand {
    each: u64,
    most: u64,
    /// Of each application of the group, who may judge it.
    experts: BTreeMap<u32, Vec<u32>>,
    /// Of each expert, how many of the group he may judge.
    loads: BTreeMap<u32, u64>,
}

impl Demand {
    fn new(each: u32, most: u32, group: &[u32], allowed: &[Judging]) -> Self {
        let mut experts: BTreeMap<u32, Vec<u32>> = group.iter().map(|&application| (application, Vec::new())).collect();
        let mut loads: BTreeMap<u32, u64> = BTreeMap::new();
        let members: BTreeSet<u32> = group.iter().copied().collect();
        for judging in allowed.iter().filter(|judging| members.contains(&judging.application)) {
            experts.entry(judging.application).or_default().push(judging.expert);
            *loads.entry(judging.expert).or_default() += 1;
        }
        Self { each: each.into(), most: most.into(), experts, loads }
    }

    fn needed(&self) -> u64 {
        self.each * self.experts.len() as u64
    }

    fn possible(&self) -> u64 {
        self.loads.values().map(|&load| load.min(self.most)).sum()
    }

    /// Only the experts of the application change, so the rest is not counted again.
    fn drop_if_still_short(&mut self, application: u32) {
        let of_it = &self.experts[&application];
        let freed = of_it.iter().filter(|expert| self.loads[expert] <= self.most).count() as u64;
        if self.needed() - self.each > self.possible() - freed {
            let of_it = self.experts.remove(&application).expect("the application is in the group");
            for expert in of_it {
                let load = self.loads.get_mut(&expert).expect("the expert may judge one of the group");
                *load -= 1;
            }
            self.loads.retain(|_, load| *load > 0);
        }
    }
}

impl Shortage {
    /// The reason in a sentence.
    pub fn text(&self, lang: Lang) -> String {
        let (applications, experts) = (self.applications.len(), self.experts.len());
        let (needed, possible) = (self.needed, self.possible);
        match lang {
            Lang::Zh => format!(
                "{applications} 项申报共需 {needed} 人次评审，可评审它们的 {experts} 名专家至多承担 {possible} 人次：请增补专家或提高上限"
            ),
            Lang::En => format!(
                "{applications} applications need {needed} judgings, and the {experts} experts who may judge them can give {possible}: \
                 add experts or raise what one may judge"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn judgings(rows: &[(u32, u32, i32)]) -> Vec<Judging> {
        rows.iter().map(|&(application, expert, score)| Judging { application, expert, score }).collect()
    }

    /// The best total by trying everything; `None` when there is no full assignment.
    fn by_trying(applications: u32, each: u32, most: u32, allowed: &[Judging]) -> Option<i64> {
        fn go(at: usize, needs: &mut [u32], loads: &mut [u32], allowed: &[Judging]) -> Option<i64> {
            let Some(judging) = allowed.get(at) else { return needs.iter().all(|&need| need == 0).then_some(0) };
            let mut best = go(at + 1, needs, loads, allowed);
            let (application, expert) = (judging.application as usize, judging.expert as usize);
            if needs[application] > 0 && loads[expert] > 0 {
                needs[application] -= 1;
                loads[expert] -= 1;
                let with = go(at + 1, needs, loads, allowed).map(|total| total + i64::from(judging.score));
                best = best.max(with);
                needs[application] += 1;
                loads[expert] += 1;
            }
            best
        }
        go(0, &mut vec![each; applications as usize], &mut [most; 6], allowed)
    }

    proptest! {
        #[test]
        fn the_total_is_the_best_and_a_shortage_is_one(
            pairs in prop::collection::btree_map((0..4_u32, 0..5_u32), -9..9_i32, 0..14),
            each in 1..3_u32,
            most in 1..4_u32,
        ) {
            let allowed = judgings(&pairs.iter().map(|(pair, &score)| (pair.0, pair.1, score)).collect::<Vec<_>>());
            match assign(4, each, most, &allowed) {
                Ok(found) => {
                    prop_assert_eq!(Some(found.total), by_trying(4, each, most, &allowed));
                    prop_assert!(found.experts.iter().all(|experts| experts.len() == each as usize));
                    for expert in 0..5 {
                        let load = found.experts.iter().filter(|experts| experts.contains(&expert)).count();
                        prop_assert!(load <= most as usize);
                    }
                }
                Err(shortage) => {
                    prop_assert_eq!(by_trying(4, each, most, &allowed), None);
                    prop_assert!(shortage.needed > shortage.possible);
                    // Without any one of them it is no reason.
                    for gone in &shortage.applications {
                        let rest: Vec<u32> =
                            shortage.applications.iter().copied().filter(|application| application != gone).collect();
                        let demand = Demand::new(each, most, &rest, &allowed);
                        prop_assert!(rest.is_empty() || demand.needed() <= demand.possible());
                    }
                }
            }
        }
    }

    #[test]
    fn two_applications_with_one_expert_are_the_reason() {
        let shortage = assign(3, 1, 1, &judgings(&[(0, 0, 5), (1, 1, 5), (1, 2, 5), (2, 0, 5)])).unwrap_err();
        assert_eq!(
            (shortage.applications.as_slice(), shortage.experts.as_slice()),
            ([0, 2].as_slice(), [0].as_slice())
        );
        assert!(shortage.text(Lang::Zh).contains("2 项申报"));
        assert!(shortage.text(Lang::En).contains("need 2 judgings"));
    }
}
