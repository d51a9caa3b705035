import math

import pytest
import torch
from tiny_campaign import make_options

from laser.trainer.preference_loss import preference_loss

# Two pairs: log π, log π_ref and lengths chosen so that the terms can be computed by hand.
CHOSEN = torch.tensor([-10.0, -6.0])
REJECTED = torch.tensor([-12.0, -4.0])
REFERENCE_CHOSEN = torch.tensor([-11.0, -6.0])
REFERENCE_REJECTED = torch.tensor([-11.0, -5.0])
CHOSEN_TOKENS = torch.tensor([5.0, 2.0])
REJECTED_TOKENS = torch.tensor([4.0, 2.0])


def terms(**options: object):
    return preference_loss(
        CHOSEN,
        REJECTED,
        REFERENCE_CHOSEN,
        REFERENCE_REJECTED,
        CHOSEN_TOKENS,
        REJECTED_TOKENS,
        make_options(**options),
    )


def test_dpo_and_nll():
    got = terms(beta=0.5, nllWeight=2.0)
    # Margins: β(1 - (-1)) = 1 and β(0 - 1) = -0.5.
    preference = [math.log1p(math.exp(-1.0)), math.log1p(math.exp(0.5))]
    assert got.preference.tolist() == pytest.approx(preference)
    assert got.nll.tolist() == pytest.approx([2.0, 3.0])
    assert got.loss.tolist() == pytest.approx([preference[0] + 4.0, preference[1] + 6.0])
    assert got.reward_chosen.tolist() == pytest.approx([0.5, 0.0])
    assert got.reward_rejected.tolist() == pytest.approx([-0.5, 0.5])


def test_ipo_is_per_token():
    got = terms(lossType="ipo", beta=2.0, nllWeight=0.0)
    # 1/5 - (-1)/4 - 1/4 = 0.2 and 0 - 1/2 - 1/4 = -0.75, squared.
    assert got.loss.tolist() == pytest.approx([0.04, 0.5625])
