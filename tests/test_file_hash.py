from workbench.file_hash import sha256_of


def test_it_is_the_sha256_of_the_content(tmp_path):
    # The first test vector of FIPS 180-4.
    (tmp_path / "abc").write_bytes(b"abc")
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sha256_of(tmp_path / "abc") == known
