// The order matters: ours stands on Mantine's.
import '@mantine/core/styles.css'
import './fonts.css'
import './theme.css'
import './base.css'
