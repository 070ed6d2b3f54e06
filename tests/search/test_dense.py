from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from piamater.errors import LibraryError, PiamaterError
from piamater.search import Hit
from piamater.search.dense import DenseIndex, OnnxEncoder, fuse

np = pytest.importorskip("numpy")


class Letters:
    """An encoder that counts letters: near texts share letters."""

    def encode(self, texts: Sequence[str]) -> Any:
        rows = np.array([[t.lower().count(c) for c in "abcdefghijklmnopqrstuvwxyz"] for t in texts])
        return (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype("f4")


PASSAGES = [((1, 0), "fever"), ((1, 1), "headache"), ((2, 0), "zzz")]


def test_the_nearest_come_first_and_outlive_the_process(tmp_path: Path) -> None:
    assert DenseIndex(tmp_path, Letters()).build(PASSAGES) == 3
    hits = DenseIndex(tmp_path, Letters()).search("a headache", 2)
    assert (hits[0].number, hits[0].position) == (1, 1)
    assert len(hits) == 2


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    assert DenseIndex(tmp_path, Letters()).search("fever") == []


def test_a_damaged_index_is_told(tmp_path: Path) -> None:
    DenseIndex(tmp_path, Letters()).build(PASSAGES)
    (tmp_path / "keys.json").write_text('{"upto": 1, "keys": [[1, 0]]}')
    with pytest.raises(LibraryError, match="damaged"):
        DenseIndex(tmp_path, Letters())


def test_fusion_takes_what_both_like() -> None:
    words = [Hit(1, 0, 9.0), Hit(2, 0, 8.0), Hit(3, 0, 1.0)]
    sense = [Hit(2, 0, 0.9), Hit(4, 0, 0.8), Hit(3, 0, 0.1)]
    fused = fuse(words, sense)
    assert (fused[0].number, {hit.number for hit in fused}) == (2, {1, 2, 3, 4})
    assert [hit.score for hit in fused] == sorted((hit.score for hit in fused), reverse=True)
    assert fuse([], []) == []


def test_the_extra_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(PiamaterError, match=r"piamater\[dense\]"):
        OnnxEncoder("nowhere")


def test_a_real_model_file_runs(tmp_path: Path) -> None:
    """A tiny model made here: each word has a vector of its own, so equal words are near."""
    onnx = pytest.importorskip("onnx", reason="onnx makes the model file of this test")
    pytest.importorskip("onnxruntime", reason="the extra piamater[dense] is not installed")
    tokenizers = pytest.importorskip("tokenizers", reason="the extra is not installed")
    words = ["[UNK]", "[PAD]", "fever", "headache", "is", "bad"]
    model = tokenizers.models.WordLevel({w: n for n, w in enumerate(words)}, unk_token="[UNK]")
    tokenizer = tokenizers.Tokenizer(model)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    table = onnx.numpy_helper.from_array(np.eye(len(words), dtype="f4"), "table")
    shapes = {name: ["n", "t"] for name in ("input_ids", "attention_mask")}
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("Gather", ["table", "input_ids"], ["out"])],
        "words",
        [
            onnx.helper.make_tensor_value_info(k, onnx.TensorProto.INT64, v)
            for k, v in shapes.items()
        ],
        [onnx.helper.make_tensor_value_info("out", onnx.TensorProto.FLOAT, ["n", "t", len(words)])],
        [table],
    )
    made = onnx.helper.make_model(
        graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8
    )
    onnx.save(made, str(tmp_path / "model.onnx"))
    encoder = OnnxEncoder(str(tmp_path))
    one, other, third = encoder.encode(["fever", "fever is bad", "headache"])
    assert one @ other > one @ third
    assert np.allclose(np.linalg.norm([one, other, third], axis=1), 1)


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime", reason="the extra piamater[dense] is not installed")
    with pytest.raises(PiamaterError, match=r"lacks model\.onnx"):
        OnnxEncoder(str(tmp_path))
