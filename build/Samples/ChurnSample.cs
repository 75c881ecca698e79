using System.Globalization;
using System.Text;

/// <summary>
/// 2,000 customers of a telephone company who left or stayed, in two files. What drives it: a monthly
/// contract, few months of tenure, calls to support, a high price. A few rows do not parse, some cells are
/// missing, two ages are impossible, and one column is a leak: the retention offer is made to
/// those who give notice.
/// </summary>
static class ChurnSample
{
    const int CustomersPerFile = 1000;

    const string Header =
        "customer,region,plan,contract,tenure,monthly-charge,data-gb,support-calls,autopay,"
        + "age,satisfaction,retention-offer,churned";

    public static IEnumerable<SampleFile> Files()
    {
        var random = new SampleRandom(20260101);
        for (var part = 0; part < 2; part++)
        {
            var text = new StringBuilder(Header).Append('\n');
            for (var i = 0; i < CustomersPerFile; i++)
                text.Append(Customer(part * CustomersPerFile + i, random)).Append('\n');
            yield return new SampleFile($"churn/customers-{part + 1}.csv", text.ToString());
        }
    }

    static string Customer(int number, SampleRandom random)
    {
        var region = random.Pick(("north", 0.3), ("south", 0.3), ("east", 0.25), ("west", 0.15));
        var plan = random.Pick(("basic", 0.45), ("plus", 0.35), ("premium", 0.2));
        var contract = random.Pick(("monthly", 0.55), ("yearly", 0.3), ("two-year", 0.15));
        var tenure = 1 + (int)(71 * Math.Pow(random.Uniform(), 1.6));
        var charge = Math.Round(random.Normal(plan switch { "basic" => 25, "plus" => 45, _ => 70 }, 6), 2);
        var data = Math.Round(Math.Exp(random.Normal(plan == "premium" ? 3 : 2, 0.6)), 1);
        var calls = random.Poisson(1.2);
        var autopay = random.Chance(0.6);
        var age = (int)Math.Clamp(random.Normal(46, 15), 18, 92);
        var logit = -2.35
            + (contract switch { "monthly" => 1.5, "yearly" => 0, _ => -1.0 })
            - 0.9 * Math.Log(tenure / 18.0)
            + 0.45 * (calls - 1.2)
            + 0.03 * (charge - 40)
            + (autopay ? -0.4 : 0.5)
            + (calls >= 3 && contract == "monthly" ? 0.8 : 0);
        var churned = random.Chance(1 / (1 + Math.Exp(-logit)));
        var satisfaction = Math.Clamp(
            (int)Math.Round(random.Normal(4 - 0.5 * calls - (churned ? 0.5 : 0), 1)), 1, 5);
        var answered = random.Chance(churned ? 0.7 : 0.85);
        var offered = random.Chance(churned ? 0.7 : 0.02);
        return string.Join(',',
            string.Create(CultureInfo.InvariantCulture, $"C{10_000 + number}"), region, plan, contract,
            Say(tenure), DirtyCharge(number, charge), data > 60 ? "NA" : Say(data), DirtyCalls(number, calls),
            autopay ? "yes" : "no", Say(number is 512 or 1777 ? 199 : age),
            answered ? Say(satisfaction) : "?", offered ? "yes" : "no", churned ? "yes" : "no");
    }

    /// <summary>Somebody typed a comma, and somebody a word.</summary>
    static string DirtyCharge(int number, double charge) => number switch
    {
        137 or 1404 => Quote(Say(charge).Replace('.', ',')),
        1003 => "free",
        _ => Say(charge),
    };

    static string DirtyCalls(int number, int calls) => number switch
    {
        601 or 1250 => Say(calls) + "x",
        1899 => "many",
        _ => Say(calls),
    };

    static string Quote(string cell) => $"\"{cell}\"";

    static string Say(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
