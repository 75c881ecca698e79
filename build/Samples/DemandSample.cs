using System.Globalization;
using System.Text;

/// <summary>
/// Weekly sales of eight drinks in three markets from 2024 to the middle of 2026, one file per quarter. Price
/// elasticity, promotions, season and a slow trend drive demand. In the last quarter list prices rise by 18 %
/// and promotions double: the drift that the monitor is to find.
/// </summary>
static class DemandSample
{
    const string Header = "week,market,sku,category,pack,list-price,price,promotion,temperature,units";

    static readonly DateOnly FirstWeek = new(2024, 1, 1);
    static readonly DateOnly LastWeek = new(2026, 6, 29);
    static readonly DateOnly PriceRise = new(2026, 4, 1);

    static readonly (string Sku, string Category, int Pack, double ListPrice, double Units)[] Products =
    [
        ("CO-250", "coffee", 250, 5.40, 160), ("CO-500", "coffee", 500, 9.80, 90),
        ("TE-20", "tea", 20, 2.60, 140), ("TE-50", "tea", 50, 5.20, 70),
        ("LE-1", "lemonade", 1, 1.90, 260), ("LE-6", "lemonade", 6, 9.90, 110),
        ("WA-1", "water", 1, 0.90, 420), ("WA-6", "water", 6, 4.50, 240),
    ];

    static readonly (string Name, double Size, double Warmth)[] Markets =
        [("north", 0.8, 8), ("south", 1.3, 17), ("west", 1.0, 12)];

    public static IEnumerable<SampleFile> Files()
    {
        var random = new SampleRandom(20260629);
        var weeks = Enumerable.Range(0, (LastWeek.DayNumber - FirstWeek.DayNumber) / 7 + 1)
            .Select(week => FirstWeek.AddDays(7 * week));
        foreach (var quarter in weeks.GroupBy(week => (week.Year, Quarter: (week.Month - 1) / 3 + 1)))
        {
            var text = new StringBuilder(Header).Append('\n');
            foreach (var week in quarter)
                AppendWeek(text, week, random);
            var (year, number) = quarter.Key;
            yield return new SampleFile(
                string.Create(CultureInfo.InvariantCulture, $"demand/sales-{year}-q{number}.csv"),
                text.ToString());
        }
    }

    static void AppendWeek(StringBuilder text, DateOnly week, SampleRandom random)
    {
        var season = Math.Cos(2 * Math.PI * (week.DayOfYear - 200) / 365.25);
        foreach (var (market, size, warmth) in Markets)
        {
            var temperature = Math.Round(warmth + 9 * season + random.Normal(0, 2.5), 1);
            foreach (var (sku, category, pack, oldPrice, units) in Products)
            {
                var risen = week >= PriceRise;
                var listPrice = Math.Round(oldPrice * (risen ? 1.18 : 1), 2);
                var promoted = random.Chance(risen ? 0.3 : 0.15);
                var price = Math.Round(
                    listPrice * (promoted ? random.Uniform(0.7, 0.9) : random.Uniform(0.97, 1)), 2);
                var trend = 1 + 0.0005 * (week.DayNumber - FirstWeek.DayNumber) / 7;
                var warm = category is "coffee" or "tea" ? -0.018 : 0.022;
                var mean = units * size * trend * Math.Exp(warm * (temperature - 12))
                    * Math.Pow(price / oldPrice, -1.4) * (promoted ? 1.25 : 1)
                    * Math.Exp(random.Normal(0, 0.08));
                text.Append(CultureInfo.InvariantCulture,
                    $"{week:yyyy-MM-dd},{market},{sku},{category},{pack},")
                    .Append(CultureInfo.InvariantCulture,
                        $"{listPrice:0.00},{price:0.00},{(promoted ? "yes" : "no")},")
                    .Append(CultureInfo.InvariantCulture, $"{temperature:0.0},{random.Poisson(mean)}\n");
            }
        }
    }
}
