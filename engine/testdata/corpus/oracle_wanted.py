"""Rows that a fact of facts.csv speaks of, by what singles them out; their figures are read from the files."""

THURROCK, ENGLAND = "E06000034", "E92000001"


def thurrock(*others, **fixed):
    """One row of Thurrock for each of some periods."""
    return [dict(fixed, area=THURROCK, period=period) for period in others]


WANTED = {
    "lait-academic": thurrock("2018/19", "2019/20", "2020/21", "2021/22", measure="AVG_Attain8_Score")
    + thurrock("2023/24", measure="AVG_Prog8_Score") + thurrock("2019/20",
        measure="KS2RWM_Expected_STD") + [dict(area=ENGLAND, period="2021/22", measure="Level3Age19")],
    "lait-winter": thurrock("Dec 2018 to Feb 2019", "Dec 2019 to Feb 2020"),
        "trafford-neet": thurrock("Dec 2018 to Feb 2019"),
    "lait-subset": [dict(area=THURROCK, measure="TotAbs", years="2016")],
    "lait-first-entrants": [dict(area=ENGLAND, period="2024"), dict(area="E12000006", period="2024")],
    "ids-weekly-pay": thurrock("2023-04"), "els-gross-median-weekly-pay": thurrock("2023-04"),
    "ids-no-qualifications": thurrock("2023"), "els-qualifications-none-gb": thurrock("2023"),
    "ids-long-term-sick": thurrock("2019", "2020", "2021", "2022"),
    "ids-apprenticeships": [dict(area="E09000001", period="2018/19")],
        "ids-apprenticeships-part-year": thurrock("Aug 2022 to Oct 2022"),
    "ids-level-3": thurrock("2021"),
    "els-pupils-at-expected-standards-by-end-of-primary-school": thurrock("2018/19", "2021/22"),
    "destinations-ks4": thurrock("2021/22", "2019/20"), "neet-2024": thurrock("Dec 2023 to Feb 2024"),
    "neet-guarantee-2023": thurrock("2022-09"), "neet-participation-2023": thurrock("2023-03"),
        "neet-2023": thurrock("Dec 2022 to Feb 2023"),
    "low-income-relative-constituencies": [dict(area="E14000995", period="2014/15"),
        dict(area="E14000995", period="2020/21")],
    "low-income-absolute-constituencies": [dict(area="E14000995", period="2014/15")],
    "low-income-relative-wards": [dict(area="E05002236", period="2020/21"), dict(area="E05002237", period="2019/20")],
    "low-income-relative": thurrock("2020/21") + [dict(area="K02000001", period="2020/21")],
    "business-births": thurrock("2019", "2024"), "business-active": thurrock("2019"), "business-survival": thurrock("2023"),
    "eyfsp": thurrock("2017/18", characteristic="Total"),
        "age-19": thurrock("2021/22", gender="ALL", fsm="ALL",
            sen="ALL") + [dict(area=ENGLAND, period="2021/22", gender="ALL", fsm="ALL", sen="ALL")],
    "els-income-thurrock-twice": [dict(area="TLH32", period="2023")],
        "els-income-by-itl-region": thurrock("2023") + [dict(area="TLH34", period="2023")],
    "gdhi-nuts": thurrock("2016", "2017"),
        "nomis-occupations": [dict(area=THURROCK,
            cell="T09a:1 (All people - Corporate Managers and Directors (SOC2010) : All people )")],
    "iod-2019": [dict(area="E01015921"), dict(area="E01000001")], "iod-2019-domains": [dict(area="E01015921")],
    "fuel-poverty-2022": thurrock("2022"), "population-0-17": [dict(area="E06000028", period="2018-06")],
}
