"""The sample company's registers in the reader's language, and what stays when that is switched."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from crm_core.services import stores

Open = Callable[..., AppTest]
PAINS, GLOSSARY = "pages/assess/pain_points.py", "pages/assess/glossary.py"
ASSESS = sorted(
    str(path.relative_to(stores.ROOT)) for path in stores.ROOT.glob("pages/assess/[!_]*.py")
)
CHINESE, ENGLISH = "报价要等五六天", "Quotes take five or six days"


def switched(app: AppTest, language: str) -> AppTest:
    app.button(key=f"language-{language}").click().run()
    assert not app.exception
    return app


def inputs(app: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in app.text_input}


def test_a_reader_reads_the_sample_in_the_language_of_the_interface(open_app: Open) -> None:
    app = open_app("en", PAINS)
    assert ENGLISH in app.dataframe[0].value["title"].tolist()
    assert CHINESE in switched(app, "zh").dataframe[0].value["title"].tolist()


def test_a_row_that_is_open_is_opened_in_the_other_language(open_app: Open) -> None:
    app = open_app("zh", GLOSSARY)
    app.query_params["item"] = "T-1"
    assert inputs(app.run())["词语 \\*"] == "客户"
    switched(app, "en")
    assert app.query_params["item"] in ("T-1", ["T-1"])
    assert inputs(app)["Word \\*"] == "Customer"


def test_what_is_typed_into_an_open_row_does_not_move_into_the_other_company(
    open_app: Open,
) -> None:
    app = open_app("zh", GLOSSARY)
    app.query_params["item"] = "T-1"
    [word] = [one for one in app.run().text_input if one.label == "词语 \\*"]
    word.input("顾客").run()
    assert inputs(switched(app, "en"))["Word \\*"] == "Customer"


def test_a_view_in_words_of_one_language_opens_in_the_other(open_app: Open) -> None:
    app = open_app("zh")
    address = {"team": "华东销售", "field": "客户 传真", "search": "报价", "process": "PR-7"}
    for page in ASSESS:
        app.switch_page(page)
        for name, said in ({"lang": "zh"} | address).items():
            app.query_params[name] = said
        assert not app.run().exception
        switched(app, "en")
