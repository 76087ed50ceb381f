"""Who speaks: from the words that name a source to a speaker.

The way of the data: `names` finds what is written with capitals, `beside` reads what stands next to it, and `cast`
makes people and bodies (`character`) of them, with their `roles`. `phrases` takes a source apart and `reading` looks at
it in the light of the cast; `resolving` weighs whom a pronoun or a description means, `whose` finds owners and those
who are represented, and `finding` puts it together. `chains` finds who passed words on, `acts` what a speaker did.
"""

from claimtrack.extract.speakers.acts import speech_act_of
from claimtrack.extract.speakers.chains import with_chains
from claimtrack.extract.speakers.finding import find_speakers
from claimtrack.extract.speakers.found import FoundSpeaker

__all__ = ["FoundSpeaker", "find_speakers", "speech_act_of", "with_chains"]
